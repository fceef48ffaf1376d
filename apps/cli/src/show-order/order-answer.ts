/** A line as the API answers it (interfaces 3). */
export interface LineAnswer {
  readonly orderLineId: string;
  readonly sku: string;
  readonly quantity: string;
  readonly unitPrice?: number;
  readonly unitPriceDecimal?: string;
  readonly total: number;
  readonly description?: string;
}

/** Amounts in minor units of their currency. */
export interface TotalsAnswer {
  readonly currency: string;
  readonly subtotal: number;
  readonly tax: number;
  readonly shipping: number;
  readonly discounts: number;
  readonly total: number;
}

/** An order as the API answers it, as far as it is shown. */
export interface OrderAnswer {
  readonly orderId: string;
  readonly sourceSystem: string;
  readonly orderIntentId: string;
  readonly externalOrderId?: string;
  readonly customerRef: string;
  readonly currency: string;
  readonly lineItems: readonly LineAnswer[];
  readonly revision: number;
  readonly submittedAt: string;
  readonly createdAt: string;
  readonly effective: {
    readonly lineItems: readonly LineAnswer[];
    readonly totals: TotalsAnswer;
    readonly cancelled: boolean;
  };
}

/** An entry of a timeline as the API answers it (interfaces 2). */
export interface EntryAnswer {
  readonly id: string;
  readonly module: string;
  readonly statusCode: string;
  readonly category?: string | null;
  readonly severity?: 'info' | 'warning' | 'blocking' | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly recordedAt: string;
  readonly writtenBy: string;
  readonly closesEntryId?: string | null;
  readonly closedAt?: string | null;
}
