import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseLsn } from './lsn.js';
import { StreamFixture } from './testing/stream-fixture.js';
import { StreamListener } from './testing/stream-listener.js';
import { until } from '../../../../test/support/until.js';

describe.each([18, 17] as const)('a replication reader on PostgreSQL %i', (version) => {
  let fixture: StreamFixture;

  beforeEach(async () => {
    fixture = await StreamFixture.create(version);
  });

  afterEach(async () => {
    await fixture.destroy();
  });

  it('gets everything again that was not acknowledged, when its connection was cut', async () => {
    const { reader, listener } = await fixture.started();
    await fixture.insert(1, 2, 3);
    await until('three commits came', () => listener.commits.length === 3);
    reader.acknowledge(listener.commits[0] ?? 0n);
    await until(
      'the slot has moved',
      async () => parseLsn((await fixture.slotField('confirmed_flush_lsn')) ?? '0/0') === listener.commits[0],
    );
    await fixture.client.query(`SELECT pg_terminate_backend(${await fixture.slotField('active_pid')})`);
    await until('the stream is closed', () => listener.closings.length > 0);
    expect(listener.closings).toEqual([expect.objectContaining({ code: '57P01' })]);

    const again = await fixture.started();
    await until('two commits came again', () => again.listener.commits.length === 2);
    expect(again.listener.keys).toEqual(['2', '3']);
    expect(again.listener.commits).toEqual(listener.commits.slice(1));
  });

  it('stays connected while it is paused for longer than wal_sender_timeout, and loses nothing', async () => {
    const { reader, listener } = await fixture.started({ walSenderTimeoutMs: 1_000, statusIntervalMs: 200 });
    reader.pause();
    await fixture.client.query("INSERT INTO item SELECT i, repeat('x', 1000) FROM generate_series(1, 50000) i");
    const since = Date.now();
    await until('the server has waited three times its timeout', () => Date.now() - since > 3_000);
    expect([listener.keys, listener.closings]).toEqual([[], []]);
    expect(await fixture.slotField('active')).toBe('true');
    reader.resume();
    await until('all rows came', () => listener.commits.length === 1);
    expect(listener.keys).toHaveLength(50_000);
  });

  it('pauses in the midst of a transaction', async () => {
    let pauses = 0;
    const listener = new StreamListener(({ key }) => {
      if (key !== '2') return;
      pauses += 1;
      reader.pause();
    });
    const { reader } = await fixture.started({}, listener);
    await fixture.client.query("INSERT INTO item SELECT i, 'x' FROM generate_series(1, 5) i");
    await until('the second row came', () => pauses === 1);
    expect([listener.keys, listener.commits]).toEqual([['1', '2'], []]);
    reader.resume();
    await until('the commit came', () => listener.commits.length === 1);
    expect(listener.keys).toEqual(['1', '2', '3', '4', '5']);
  });

  it('learns by a reply that everything up to a place was sent, also where nothing is published', async () => {
    const { reader, listener } = await fixture.started();
    await fixture.client.query('INSERT INTO unpublished VALUES (1)');
    const found = await fixture.client.query<{ lsn: string }>('SELECT pg_current_wal_lsn()::text AS lsn');
    const lsn = parseLsn(found.rows[0]?.lsn ?? '0/0');
    await until('a keepalive tells so', () => {
      reader.requestReply();
      return listener.endOfWal >= lsn;
    });
    expect(listener.keys).toEqual([]);
    expect(reader.receivedLsn).toBeGreaterThanOrEqual(lsn);
  });

  it('sends its last acknowledgement when it stops, and frees the slot', async () => {
    const { reader, listener } = await fixture.started();
    await fixture.insert(1);
    await until('the commit came', () => listener.commits.length === 1);
    reader.acknowledge(listener.commits[0] ?? 0n);
    await reader.stop();
    expect(listener.closings).toEqual([null]);
    await until('the slot is free', async () => (await fixture.slotField('active')) === 'false');
    expect(parseLsn((await fixture.slotField('confirmed_flush_lsn')) ?? '0/0')).toBe(listener.commits[0]);
  });

  it('follows a table whose columns change, also to a type that is new', async () => {
    const rows: unknown[] = [];
    const { listener } = await fixture.started({}, new StreamListener(({ after }) => rows.push(after)));
    await fixture.insert(1);
    await fixture.client.query("CREATE TYPE mood AS ENUM ('calm'); ALTER TABLE item ADD COLUMN moods mood[]");
    await fixture.client.query("INSERT INTO item VALUES (2, 'body', '{calm}')");
    await until('both rows came', () => listener.commits.length === 2);
    expect(rows).toEqual([
      { id: 1, body: 'body' },
      { id: 2, body: 'body', moods: ['calm'] },
    ]);
  });

  it('closes when a column comes whose type change events do not carry', async () => {
    const { listener } = await fixture.started();
    await fixture.client.query('ALTER TABLE item ADD COLUMN ratio float8');
    await fixture.insert(1);
    await until('the stream is closed', () => listener.closings.length > 0);
    expect(listener.closings).toEqual([
      expect.objectContaining({
        code: 'unsupported-column-type',
        message: expect.stringContaining('public.item.ratio'),
      }),
    ]);
  });

  it('closes with what a handler throws, and calls it no more', async () => {
    const fault = Object.assign(new Error('no'), { code: 'own' });
    const listener = new StreamListener(() => {
      throw fault;
    });
    await fixture.started({}, listener);
    await fixture.insert(1, 2);
    await until('the stream is closed', () => listener.closings.length > 0);
    expect([listener.closings, listener.commits]).toEqual([[fault], []]);
  });
});
