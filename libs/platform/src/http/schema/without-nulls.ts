/** An answer's row: what is optional in the answer is null in the table where nothing was said. */
export type WithNulls<Answer> = {
  readonly [Field in keyof Answer]-?: undefined extends Answer[Field]
    ? Exclude<Answer[Field], undefined> | null
    : Answer[Field];
};

/** An answer leaves out what was not said, so that it reads as it was sent and can be sent again as it is. */
export function withoutNulls<Answer extends object>(row: WithNulls<Answer>): Answer {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Answer;
}
