import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { csvRows } from './csv-rows.js';
import { totalBytes } from './plain-bytes.js';
import type { SourceLine } from './source-line.js';
import { sourceLines } from './source-lines.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'source-lines-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(content: string | Buffer): Promise<string> {
  const path = join(folder, 'file');
  await writeFile(path, content);
  return path;
}

async function linesOf(content: string | Buffer): Promise<SourceLine[]> {
  const lines: SourceLine[] = [];
  for await (const some of sourceLines(await fileOf(content), () => undefined)) lines.push(...some);
  return lines;
}

const numbered = (lines: readonly SourceLine[]) => lines.map(({ number, text }) => [number, text]);

describe('the lines of a file', () => {
  it('end with LF or CR LF, the last with nothing, and blank ones are counted and left out', async () => {
    expect(numbered(await linesOf('\uFEFFa\r\nb\n\n \r\nc'))).toEqual([
      [1, 'a'],
      [2, 'b'],
      [5, 'c'],
    ]);
  });

  it('come out of gzip whatever the name of the file, several members in a row too', async () => {
    expect(numbered(await linesOf(Buffer.concat([gzipSync('a\nb'), gzipSync('c\nd\n')])))).toEqual([
      [1, 'a'],
      [2, 'bc'],
      [3, 'd'],
    ]);
  });

  it('keep characters whole that lie across two pieces of the file', async () => {
    const text = `${'x'.repeat(65_535)}£££\n`.repeat(3);
    expect((await linesOf(text)).map((line) => line.text)).toEqual(text.trim().split('\n'));
  });

  it('are cut off when they are longer than any batch could carry, and the next ones are not', async () => {
    const [long, next] = await linesOf(`${'x'.repeat(17_000_000)}\nb\n`);
    expect(long).toMatchObject({ number: 1, cutOff: true });
    expect(long?.text.length).toBeLessThan(100_000);
    expect(next).toEqual({ file: join(folder, 'file'), number: 2, text: 'b' });
  });

  it('end the import with a word on what is wrong with the file', async () => {
    const cut = gzipSync('a\n'.repeat(10_000)).subarray(0, 40);
    await expect(linesOf(cut)).rejects.toMatchObject({
      code: 'unreadable-file',
      message: expect.stringContaining('ends too early'),
    });
    await expect(totalBytes([join(folder, 'none.csv')])).rejects.toMatchObject({
      code: 'unreadable-file',
      message: expect.stringContaining('there is no such file'),
    });
    await expect(totalBytes([folder])).rejects.toMatchObject({ code: 'unreadable-file' });
  });
});

describe('the rows of a CSV file', () => {
  async function rowsOf(content: string, columns = ['a', 'b']) {
    const rows: unknown[] = [];
    for await (const some of csvRows(await fileOf(content), columns, () => undefined))
      rows.push(...some.map(({ row }) => row));
    return rows;
  }

  it('stand under the names of the header, in whatever order those are', async () => {
    expect(await rowsOf('b,x,a\n1,2,3\n')).toEqual([{ b: '1', x: '2', a: '3' }]);
  });

  it('may have quotes around cells, and within them where there are none around', async () => {
    const text = 'a,b\n"TRAY, BREAKFAST","FRAME 7"" SIZE "\n12" RULER,x\n';
    expect(await rowsOf(text)).toEqual([
      { a: 'TRAY, BREAKFAST', b: 'FRAME 7" SIZE ' },
      { a: '12" RULER', b: 'x' },
    ]);
  });

  it('are no rows where a quote is not closed or cells are too many, and the lines after are not touched', async () => {
    expect(await rowsOf('a,b\n"x,1\n1,2,3\n1\n3,4\n')).toEqual([
      undefined,
      undefined,
      { a: '1', b: undefined },
      { a: '3', b: '4' },
    ]);
  });

  it('end the import when the header lacks a column of the map', async () => {
    await expect(rowsOf('a,c\n1,2\n')).rejects.toMatchObject({ code: 'wrong-usage' });
  });
});
