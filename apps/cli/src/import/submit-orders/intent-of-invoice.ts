import type { SaleInvoice } from '../gather/stage.js';

/** The order intent that an invoice becomes, as JSON text. A function of the invoice alone, so that it can come again. */
export function intentOfInvoice(sale: SaleInvoice, source: string, currency: string): string {
  const lineItems = sale.entries.map(({ reading }) => ({
    sku: reading.sku,
    quantity: reading.quantity,
    ...reading.priced.price,
    total: reading.priced.total,
    ...(reading.description === undefined ? {} : { description: reading.description }),
  }));
  const subtotal = sale.entries.reduce((sum, { reading }) => sum + reading.priced.total, 0);
  return JSON.stringify({
    orderIntentId: sale.invoice,
    sourceSystem: source,
    customerRef: sale.customerRef,
    lineItems,
    totals: { currency, subtotal, tax: 0, shipping: 0, discounts: 0, total: subtotal },
    submittedAt: sale.at,
    externalOrderId: sale.invoice,
    metadata: sale.entries[0]?.reading.metadata ?? {},
  });
}
