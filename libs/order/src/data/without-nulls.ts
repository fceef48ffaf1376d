/** An answer's row: what is optional in the answer is null in the table where nothing was said. */
export type WithNulls<Answer> = {
  readonly [Field in keyof Answer]-?: undefined extends Answer[Field]
    ? Exclude<Answer[Field], undefined> | null
    : Answer[Field];
};

/** An answer leaves out what the intent did not say, so that it reads as it was sent. */
export function withoutNulls<Answer extends object>(row: WithNulls<Answer>): Answer {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Answer;
}
