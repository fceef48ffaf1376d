/** What every answer says: when the row came to be and when it last changed. */
export interface Times {
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An answer leaves out what was not given, so that it can be put again as it is. */
export function withoutNulls<Row extends object>(row: Row): WithoutNulls<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as WithoutNulls<Row>;
}

/** A row whose nullable columns have become optional. */
export type WithoutNulls<Row> = { [K in keyof Row as null extends Row[K] ? never : K]: Row[K] } & {
  [K in keyof Row as null extends Row[K] ? K : never]?: NonNullable<Row[K]>;
};
