import type { Bench, PartAlone } from '../../part.js';
import { left, right, table } from '../../report/columns.js';
import { mark } from '../../report/marks.js';
import { onInstallation } from '../on-installation.js';
import { measureCrowded, type CrowdedFigure } from './crowded.js';
import { faultsOf } from './faults.js';
import { measureOneSku, type OneSkuFigure } from './one-sku.js';
import { measureScarce, type ScarceFigure } from './scarce.js';

/** What becomes of everything when all want the same, and which rules were broken after each; none is what is wanted. */
export interface B7Figure {
  readonly lanes: number;
  readonly oneSku: OneSkuFigure & { readonly faults: readonly string[] };
  readonly scarce: ScarceFigure & { readonly faults: readonly string[] };
  readonly crowded: CrowdedFigure & { readonly faults: readonly string[] };
}

const LANES = [1, 4] as const;

/** B7: contention, with one lane and with four. */
export const B7: PartAlone<'b7', B7Figure> = {
  name: 'b7',
  title: 'B7: contention (embedded, order + inventory)',
  measureAlone,
  render,
};

async function measureAlone(bench: Bench): Promise<B7Figure[]> {
  const figures: B7Figure[] = [];
  for (const lanes of LANES) {
    const wish = { mode: 'embedded', profile: 'order+inventory', lanes } as const;
    const figure = await onInstallation(wish, async (installation, generator) => {
      const on = { ...bench, installation, generator };
      const oneSku = { ...(await measureOneSku(on)), faults: await faultsOf(installation) };
      const scarce = { ...(await measureScarce(on)), faults: await faultsOf(installation) };
      const crowded = { ...(await measureCrowded(on)), faults: await faultsOf(installation) };
      return { lanes, oneSku, scarce, crowded };
    });
    figures.push(figure);
  }
  return figures;
}

function render(figures: readonly B7Figure[]): string[] {
  const columns = [right('lanes'), left('what'), left('figure'), left('broken rules'), left('')];
  const rows = figures.flatMap(({ lanes, oneSku, scarce, crowded }) => [
    [
      String(lanes),
      'one SKU in every order',
      oneSkuInWords(oneSku),
      told(oneSku),
      mark([...oneSku.oneSkuRuns, ...oneSku.uniformRuns]),
    ],
    [
      String(lanes),
      `${scarce.buyers} buyers, ${scarce.units} units`,
      scarceInWords(scarce),
      told(scarce),
      mark(scarce.runs),
    ],
    [
      String(lanes),
      `${crowded.clients} clients, ${crowded.skus} SKUs, once`,
      crowdedInWords(crowded),
      told(crowded),
      mark([crowded]),
    ],
  ]);
  return table(columns, rows);
}

function told({ faults }: { readonly faults: readonly string[] }): string {
  return faults.length === 0 ? 'none' : faults.join('; ');
}

function oneSkuInWords({ oneSku, uniform, share }: OneSkuFigure): string {
  const percent = (share.median * 100).toFixed(0);
  return `${oneSku.median.toFixed(0)} orders/s, ${percent} % of ${uniform.median.toFixed(0)} when spread`;
}

function scarceInWords({ ms, runs }: ScarceFigure): string {
  const kinds = [...new Set(runs.map(({ outcomes }) => counted(outcomes)))];
  return `${ms.median.toFixed(0)} ms: ${kinds.join(' or ')}`;
}

function crowdedInWords({ operationsPerSecond, answers, answer }: CrowdedFigure): string {
  const sums: Record<string, number> = {};
  for (const statuses of Object.values(answers))
    for (const [status, count] of Object.entries(statuses)) sums[status] = (sums[status] ?? 0) + count;
  return `${operationsPerSecond.toFixed(0)} operations/s, p99 ${answer.p99.toFixed(0)} ms: ${counted(sums)}`;
}

function counted(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
}
