/** A way into a JSON document: member names and array positions. */
export type JsonPath = readonly PropertyKey[];

/** RFC 6901: `['a/b', 0]` is `/a~1b/0`; the document itself is `""`. */
export function jsonPointer(path: JsonPath): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
