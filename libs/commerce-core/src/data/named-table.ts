import type { ColumnTypes } from '@orderkeel/platform';

/** A table whose rows have a name given by the caller, unique within the tenant; in statements it is called `kept`. */
export interface NamedTable<Content extends object> {
  readonly table: string;
  /** The column that holds the name. */
  readonly ref: keyof Content & string;
  /** Name and content; id, tenant and times are added when rows are put. */
  readonly columns: ColumnTypes<Content>;
  /** What answers show of a row, as a list of SQL; its times are added. */
  readonly shown: string;
  /** The joins that `shown` needs. */
  readonly joins?: string;
}
