const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/** A line of UCI "Online Retail" with what a spec does not care about filled in. */
export function uciLine(cells: {
  invoice?: string;
  sku?: string;
  description?: string;
  quantity?: string | number;
  at?: string;
  price?: string;
  customer?: string;
}): string {
  const { invoice = '536365', sku = '85123A', description = 'T-LIGHT HOLDER', quantity = 6 } = cells;
  const { at = '2010-12-01 08:26:00', price = '2.55', customer = '17850.0' } = cells;
  return [invoice, sku, description, quantity, at, price, customer, 'United Kingdom'].join(',');
}

/** The text of a file with these lines. */
export function uciText(lines: readonly string[]): string {
  return [HEADER, ...lines, ''].join('\r\n');
}
