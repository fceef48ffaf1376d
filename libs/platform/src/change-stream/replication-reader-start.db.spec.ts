import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StreamFixture } from './testing/stream-fixture.js';
import { StreamListener } from './testing/stream-listener.js';
import { until } from '../../../../test/support/until.js';

describe('the start of a replication reader', () => {
  let fixture: StreamFixture;

  beforeEach(async () => {
    fixture = await StreamFixture.create(18);
  });

  afterEach(async () => {
    await fixture.destroy();
  });

  const refused = async (changes: Parameters<StreamFixture['reader']>[0]): Promise<unknown> => {
    const listener = new StreamListener();
    const error: unknown = await fixture
      .reader(changes)
      .start(listener)
      .catch((thrown: unknown) => thrown);
    expect(listener.closings).toEqual([]);
    return error;
  };

  it('says 55006 while another reader has the slot', async () => {
    await fixture.started();
    expect(await refused({})).toMatchObject({ code: '55006' });
  });

  it('says 42704 when there is no such slot', async () => {
    expect(await refused({ slot: 'missing' })).toMatchObject({ code: '42704' });
  });

  it('says when nobody listens at the address', async () => {
    expect(await refused({ url: 'postgresql://x:y@127.0.0.1:1/z' })).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('says when the login is refused', async () => {
    const url = new URL(fixture.database.url);
    url.password = 'wrong';
    expect(await refused({ url: url.href })).toMatchObject({ code: '28P01' });
  });

  it('names a column whose type change events do not carry', async () => {
    await fixture.client.query('ALTER TABLE item ADD COLUMN ratio float8, ADD COLUMN at timestamp');
    expect(await refused({})).toMatchObject({
      code: 'unsupported-column-type',
      message: expect.stringContaining('column public.item.ratio has type double precision'),
    });
  });

  it('needs a login that may do REPLICATION and nothing else, and prints values its own way whatever the URL says', async () => {
    const name = `reader_${process.pid}`;
    await fixture.client.query(`CREATE ROLE ${name} LOGIN REPLICATION PASSWORD 'secret'`);
    await fixture.client.query('ALTER TABLE item ADD COLUMN at timestamptz');
    const url = new URL(fixture.database.url);
    Object.assign(url, { username: name, password: 'secret' });
    url.searchParams.set('options', '-c timezone=Asia/Tokyo -c datestyle=German');
    const rows: unknown[] = [];
    const listener = new StreamListener(({ after }) => rows.push(after?.['at']));
    const { reader } = await fixture.started({ url: url.href }, listener);
    await fixture.client.query("INSERT INTO item VALUES (1, 'x', '2026-11-21 08:48:49.5+00')");
    await until('the commit came', () => listener.commits.length === 1);
    await reader.stop();
    await fixture.client.query(`DROP ROLE ${name}`);
    expect(rows).toEqual(['2026-11-21T08:48:49.500000Z']);
  });

  it('looks only at columns that are published', async () => {
    await fixture.client.query('ALTER TABLE item ADD COLUMN ratio float8');
    await fixture.client.query('ALTER PUBLICATION items SET TABLE item (id, body)');
    const { listener } = await fixture.started();
    expect(listener.closings).toEqual([]);
  });

  it.each([
    ['table-missing', { tables: [{ schema: 'public', table: 'nowhere' }] }],
    ['table-not-published', { tables: [{ schema: 'public', table: 'unpublished' }] }],
    ['key-column-nullable', { tables: [{ schema: 'public', table: 'item', keyColumns: ['body'] }] }],
    ['key-column-missing', { tables: [{ schema: 'public', table: 'item', keyColumns: ['order_id'] }] }],
    ['publication-missing', { publication: 'nothing' }],
  ])('refuses: %s', async (code, changes) => {
    expect(await refused(changes)).toMatchObject({ code });
  });

  it.each([
    ['publication-by-partition', 'publish_via_partition_root = false'],
    ['publication-incomplete', "publish = 'insert'"],
  ])('refuses: %s', async (code, setting) => {
    await fixture.client.query(`ALTER PUBLICATION items SET (${setting})`);
    expect(await refused({})).toMatchObject({ code });
  });
});
