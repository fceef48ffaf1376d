import { Command } from 'commander';

/** What the command line says of an import. */
export interface ImportCommandOptions {
  readonly source?: string;
  readonly map?: string;
  readonly rejects?: string;
  readonly json?: boolean;
}

/** `orderkeel import`. */
export function importCommand(): Command {
  return new Command('import')
    .description('bring order intents in from files: NDJSON, or CSV with a map, gzipped or not')
    .argument('<file...>', 'files, in the order in which they are read')
    .option('--source <name>', 'source system of the intents; else what the map or the lines say')
    .option('--map <name|file>', 'what the columns of CSV mean: uci-online-retail, or a module of yours')
    .option('--rejects <file>', 'write refused lines there, as NDJSON with the reason')
    .option('--json', 'print the summary as one JSON value')
    .addHelpText(
      'after',
      `
Running it again changes nothing; an import that was cut is finished by the next. Stock that a map simulates is marked
as simulated in its receipts. Exit code 3: done, but lines were refused.

Examples:
  $ npx orderkeel import orders.ndjson.gz
  $ npx orderkeel import --map uci-online-retail --rejects refused.ndjson 2010-12.csv.gz 2011-01.csv.gz`,
    )
    .action(async (files: string[], options: ImportCommandOptions) =>
      (await import('./import-files.js')).importFiles(files, options),
    );
}
