import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';

/**
 * Changes that were applied, one JSON line each, and what is known of each row: its newest change. A database would do the same
 * with `INSERT ... ON CONFLICT (id) DO UPDATE ... WHERE excluded.lsn > lsn`.
 */
export class ChangeFile {
  #newest = new Map();
  #fd;

  constructor(path) {
    this.#fd = openSync(path, 'a+', 0o600);
    const text = readFileSync(path, 'utf8');
    // A crash may have left half a line; its record was not committed, and comes again.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    ftruncateSync(this.#fd, Buffer.byteLength(whole));
    for (const line of whole.split('\n').filter(Boolean)) this.#learn(JSON.parse(line));
  }

  /** Keeps the changes that are new, for good, and gives them. */
  append(changes) {
    const fresh = changes.filter((change) => this.#learn(change));
    if (fresh.length > 0) {
      writeSync(this.#fd, fresh.map((change) => `${JSON.stringify(change)}\n`).join(''));
      fsyncSync(this.#fd);
    }
    return fresh;
  }

  close() {
    closeSync(this.#fd);
  }

  /** A change is new when it comes later in the log than what is known of its row; a snapshot may read what is known. */
  #learn({ op, id, lsn, row }) {
    const known = this.#newest.get(id);
    const text = JSON.stringify(row);
    if (known && (lsn <= known.lsn || (op === 'r' && text === known.text))) return false;
    this.#newest.set(id, { lsn, text });
    return true;
  }
}
