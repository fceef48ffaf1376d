import { Injectable } from '@nestjs/common';
import { type ColumnTypes, Conditions, insertRows, type ModuleTx, type Position } from '@orderkeel/platform';

/** Goods that arrived, as they are answered. */
export interface Receipt {
  readonly id: string;
  readonly sku: string;
  readonly location: string;
  /** Exact decimal without superfluous zeros. */
  readonly quantity: string;
  readonly reference: string | null;
  readonly actor: string;
  readonly idempotencyKey: string | null;
  readonly createdAt: string;
}

const COLUMNS: ColumnTypes<Record<string, unknown>> = {
  id: 'uuid',
  tenant_id: 'uuid',
  sku: 'text',
  location: 'text',
  quantity: 'numeric',
  reference: 'text',
  actor: 'text',
  idempotency_key: 'text',
  created_at: 'timestamptz',
};

const RECEIPT = `id, sku, location, trim_scale(quantity) AS quantity, reference, actor,
  idempotency_key AS "idempotencyKey", created_at AS "createdAt"`;

/** The rows of inventory.receipt. */
@Injectable()
export class ReceiptStore {
  async add(tx: ModuleTx, receipts: readonly Receipt[]): Promise<void> {
    const rows = receipts.map(({ idempotencyKey, createdAt, ...receipt }) => ({
      ...receipt,
      tenant_id: tx.tenantId,
      idempotency_key: idempotencyKey,
      created_at: createdAt,
    }));
    await insertRows(tx, 'inventory.receipt', COLUMNS, rows);
  }

  /** The caller's receipts under these idempotency keys. */
  async byKeys(tx: ModuleTx, keys: readonly string[]): Promise<Receipt[]> {
    if (keys.length === 0) return [];
    return tx.query<Receipt>(
      `SELECT ${RECEIPT} FROM inventory.receipt
        WHERE idempotency_key = ANY($1::text[]) AND tenant_id IS NOT DISTINCT FROM $2::uuid`,
      [keys, tx.tenantId],
    );
  }

  /** Newest first, behind a position. */
  page(tx: ModuleTx, after: Position | undefined, count: number): Promise<Receipt[]> {
    const where = new Conditions().addAll('id < ?', after);
    return tx.query<Receipt>(
      `SELECT ${RECEIPT} FROM inventory.receipt WHERE ${where.sql} ORDER BY id DESC LIMIT ${where.parameter(count)}`,
      where.parameters,
    );
  }
}
