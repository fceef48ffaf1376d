/** More than any real file has of codes, prices or times that are worth remembering. */
const MOST_KEYS = 20_000;

/** The same pure function, which computes each key once; it begins anew when it has met too many. */
export function remembering<Value>(compute: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      if (known.size >= MOST_KEYS) known.clear();
      known.set(key, (value = compute(key)));
    }
    return value;
  };
}
