/** A count with its thousands set apart: `320,705`. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

/** A count with its word: `1 order`, `2,134 orders`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
