import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StreamFixture } from './testing/stream-fixture.js';
import { StreamListener } from './testing/stream-listener.js';
import { until } from '../../../../test/support/until.js';

const ROWS = 200_000;
const MIB = 1024 * 1024;
/** The rows themselves are 200 MiB; one that buffers a transaction of this size takes 377 MB (stack.md). */
const GROWTH_BYTES_MAX = 120 * MIB;

describe('a transaction of 200,000 rows', () => {
  let fixture: StreamFixture;

  beforeEach(async () => {
    fixture = await StreamFixture.create(18);
  });

  afterEach(async () => {
    await fixture.destroy();
  });

  it('is handed over piece by piece, in memory that does not grow with it', async () => {
    await fixture.client.query(
      `INSERT INTO item SELECT i, repeat(md5(i::text), 32) FROM generate_series(1, ${ROWS}) i`,
    );
    const before = process.memoryUsage.rss();
    let rows = 0;
    let peak = before;
    let commitsAtFirstRow = -1;
    const listener = new StreamListener(() => {
      rows += 1;
      if (rows === 1) commitsAtFirstRow = listener.commits.length;
      if (rows % 2_000 === 0) peak = Math.max(peak, process.memoryUsage.rss());
    });
    const { reader } = await fixture.started({}, listener);
    await until('the commit came', () => listener.commits.length === 1);
    expect([rows, commitsAtFirstRow]).toEqual([ROWS, 0]);
    expect(peak - before).toBeLessThan(GROWTH_BYTES_MAX);
    expect(reader.receivedLsn).toBe(listener.commits[0]);
  });
});
