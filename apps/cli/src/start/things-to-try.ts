import { randomBytes } from 'node:crypto';
import { bodyOf } from '../reach/reached.js';
import { serverAt } from '../reach/running-server.js';
import { paint } from '../terminal/paint.js';

interface Line {
  readonly sku: string;
  readonly unitPrice?: number;
}

interface KnownOrder {
  readonly orderId: string;
  readonly externalOrderId?: string;
  readonly customerRef: string;
  readonly currency: string;
  readonly revision: number;
  readonly lineItems: readonly Line[];
}

/** Three things to try, with commands that work as they stand on this very database. */
export async function thingsToTry(url: string): Promise<string[]> {
  const { items } = await bodyOf<{ items: readonly KnownOrder[] }>(serverAt(url), 'GET', '/orders?limit=200');
  const order = items.find(({ customerRef, lineItems }) => /^[\w-]+$/.test(customerRef) && priced(lineItems));
  return [
    '',
    paint.bold('Three things to try'),
    '',
    '1. Read the API, and call it from the page:',
    `   ${url}/docs`,
    '',
    '2. Submit an order and wait for it; then look at its timeline:',
    ...(order ? [] : references(url)),
    ...submission(url, order),
    '',
    '3. Read an order and its timeline in the terminal:',
    `   ${folderPrefix()}npx orderkeel orders show ${nameOf(mostEventful(items)) ?? '$ORDER'}`,
  ];
}

/** On an empty database the customer and the SKU come first: unknown ones are rejected unless a policy says otherwise. */
function references(url: string): string[] {
  const put = (path: string, body: object) =>
    `   curl -s -o /dev/null -X PUT ${url}${path} -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
  return [
    put('/customers/17850', {}),
    put('/products/85123', { name: 'Hanging heart' }),
    put('/skus/85123A', { productId: '85123' }),
  ];
}

function submission(url: string, order: KnownOrder | undefined): string[] {
  const { sku, unitPrice } = (order && priced(order.lineItems)) ?? { sku: '85123A', unitPrice: 255 };
  const total = 2 * unitPrice;
  const id = `try-${randomBytes(2).toString('hex')}`;
  const { customerRef, currency } = order ?? { customerRef: '17850', currency: 'GBP' };
  return [
    `   ORDER=$(curl -s ${url}/order-intents -H 'Content-Type: application/json' \\`,
    `     -H 'Prefer: wait=10' -d '{`,
    `       "orderIntentId": "${id}", "sourceSystem": "terminal", "customerRef": "${customerRef}",`,
    `       "lineItems": [{ "sku": "${sku}", "quantity": 2, "unitPrice": ${unitPrice}, "total": ${total} }],`,
    `       "totals": { "currency": "${currency}", "subtotal": ${total}, "tax": 0, "shipping": 0, "discounts": 0 },`,
    `       "submittedAt": "${new Date().toISOString()}"`,
    `     }' | node -pe 'JSON.parse(fs.readFileSync(0)).orderId'); echo $ORDER`,
    `   curl -s ${url}/orders/$ORDER/timeline; echo`,
  ];
}

/** A line that can be ordered again in a shell: a whole price, and a SKU without quotes. */
function priced(lines: readonly Line[]): Required<Line> | undefined {
  const isPriced = (line: Line): line is Required<Line> => line.unitPrice !== undefined && /^[\w-]+$/.test(line.sku);
  return lines.find(isPriced);
}

/** The order to show: one that somebody has changed, else the newest. */
function mostEventful(orders: readonly KnownOrder[]): KnownOrder | undefined {
  return orders.find(({ revision }) => revision > 1) ?? orders[0];
}

function nameOf(order: KnownOrder | undefined): string | undefined {
  const external = order?.externalOrderId;
  return external !== undefined && /^[\w-]+$/.test(external) ? external : order?.orderId;
}

/** Commands find the server through its data folder. */
function folderPrefix(): string {
  const folder = process.env['ORDERKEEL_DATA_DIR'];
  return folder ? `ORDERKEEL_DATA_DIR=${folder} ` : '';
}
