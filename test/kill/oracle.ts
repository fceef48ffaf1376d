import { open, readFile, type FileHandle } from 'node:fs/promises';

/** What a client asked for. */
export type Operation = 'intent' | 'cancel' | 'adjustment' | 'receipt' | 'stockAdjustment';
/** What it knows of the outcome: nothing, when the answer was lost or was a 5xx. */
export type Knowledge = 'acknowledged' | 'rejected' | 'indeterminate';

/** One line of the oracle's file. */
export interface Testimony {
  readonly operation: Operation;
  /** The client's own key; a repetition has the same. */
  readonly key: string;
  readonly knowledge: Knowledge;
}

/** The clients' memory, outside the system: each answer is on disk before the client goes on (reliability 4.2). */
export class Oracle {
  private waiting: string[] = [];
  private writing: Promise<void> | null = null;

  private constructor(
    private readonly file: FileHandle,
    private readonly path: string,
  ) {}

  static async create(path: string): Promise<Oracle> {
    return new Oracle(await open(path, 'ax'), path);
  }

  /** Resolves when it is on disk. */
  async record(testimony: Testimony): Promise<void> {
    this.waiting.push(JSON.stringify(testimony));
    // The write under way may have begun without this line.
    await this.writing;
    await (this.writing ??= this.write());
  }

  /** What is known of each key in the end, out of the file: what was once acknowledged stays so. */
  async testimonies(): Promise<Map<string, Testimony>> {
    const known = new Map<string, Testimony>();
    for (const line of (await readFile(this.path, 'utf8')).split('\n').filter(Boolean)) {
      const testimony = JSON.parse(line) as Testimony;
      const before = known.get(testimony.key)?.knowledge;
      if (before === undefined || before === 'indeterminate') known.set(testimony.key, testimony);
    }
    return known;
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file.close();
  }

  private async write(): Promise<void> {
    const lines = this.waiting.splice(0);
    if (lines.length > 0) {
      await this.file.appendFile(`${lines.join('\n')}\n`);
      await this.file.datasync();
    }
    this.writing = null;
  }
}
