/** An array as PostgreSQL prints it, taken apart: texts, nulls, and arrays of them. */
export type ArrayItems = (string | null | ArrayItems)[];

/** Takes `{a,"b,\"c",NULL,{d}}` apart; bounds in front (`[0:1]={...}`) say nothing in JSON and are dropped. */
export function parseArrayLiteral(literal: string): ArrayItems {
  const start = literal.startsWith('[') ? literal.indexOf('=') + 1 : 0;
  return new ArrayLiteral(literal, start).items();
}

class ArrayLiteral {
  constructor(
    private readonly text: string,
    private at: number,
  ) {}

  /** Reads from an opening brace to behind its closing one. */
  items(): ArrayItems {
    const items: ArrayItems = [];
    this.at += 1;
    while (this.text[this.at] !== '}') {
      items.push(this.item());
      if (this.text[this.at] === ',') this.at += 1;
    }
    this.at += 1;
    return items;
  }

  private item(): string | null | ArrayItems {
    const first = this.text[this.at];
    if (first === undefined) throw new RangeError('an array literal ends too early');
    if (first === '{') return this.items();
    return first === '"' ? this.quoted() : this.bare();
  }

  private quoted(): string {
    let text = '';
    let from = this.at + 1;
    for (this.at = from; this.text[this.at] !== '"'; this.at += 1) {
      if (this.at >= this.text.length) throw new RangeError('an array literal ends too early');
      if (this.text[this.at] === '\\') {
        text += this.text.slice(from, this.at);
        this.at += 1;
        from = this.at;
      }
    }
    text += this.text.slice(from, this.at);
    this.at += 1;
    return text;
  }

  private bare(): string | null {
    const from = this.at;
    while (this.text[this.at] !== ',' && this.text[this.at] !== '}') {
      if (this.at >= this.text.length) throw new RangeError('an array literal ends too early');
      this.at += 1;
    }
    const word = this.text.slice(from, this.at);
    return word === 'NULL' ? null : word;
  }
}
