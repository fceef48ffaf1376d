import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSampleApp } from '../testing/sample-app.js';
import { HealthProbes } from './health-probes.js';

let http: Awaited<ReturnType<typeof startSampleApp>>;
let probes: HealthProbes;
beforeEach(async () => {
  http = await startSampleApp();
  probes = http.app.get(HealthProbes);
});
afterEach(() => http.app.close());

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${http.url}${path}`);
  return { status: answer.status, body: await answer.json() };
}

describe('health', () => {
  it('is good where nobody says otherwise', async () => {
    expect(await get('/health/live')).toEqual({ status: 200, body: { status: 'ok', probes: {} } });
    expect(await get('/health/ready')).toEqual({ status: 200, body: { status: 'ok', probes: {} } });
  });

  it('is 503 and names every probe when one of them fails', async () => {
    probes.register({ name: 'database', check: async () => ({ ok: true }) });
    probes.register({ name: 'stream', check: async () => ({ ok: false, detail: 'no progress for 40 s' }) });
    probes.register({ name: 'broken', check: () => Promise.reject(new Error('gone')) });
    expect(await get('/health/ready')).toEqual({
      status: 503,
      body: {
        status: 'failing',
        probes: {
          database: { ok: true },
          stream: { ok: false, detail: 'no progress for 40 s' },
          broken: { ok: false, detail: 'gone' },
        },
      },
    });
    expect(await get('/health/live')).toMatchObject({ status: 200 });
  });

  it('asks for a restart only where a probe decides about liveness', async () => {
    probes.register({ name: 'loop', decides: 'liveness', check: async () => ({ ok: false }) });
    expect(await get('/health/live')).toMatchObject({ status: 503, body: { probes: { loop: { ok: false } } } });
    expect(await get('/health/ready')).toMatchObject({ status: 200 });
  });

  it('does not wait for a probe that hangs', async () => {
    probes.register({ name: 'hanging', check: () => new Promise(() => undefined) });
    expect(await get('/health/ready')).toMatchObject({
      status: 503,
      body: { probes: { hanging: { detail: 'no answer within 2000 ms' } } },
    });
  });

  it('has each name once', () => {
    probes.register({ name: 'database', check: async () => ({ ok: true }) });
    expect(() => probes.register({ name: 'database', check: async () => ({ ok: true }) })).toThrow('database');
  });
});

describe('metrics', () => {
  it('count requests by route, never by path', async () => {
    await fetch(`${http.url}/intents/0199aaaa-0000-7000-8000-00000000000f`);
    await fetch(`${http.url}/nothing/at/all`);
    const answer = await fetch(`${http.url}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    expect(text).toContain(
      'orderkeel_http_request_duration_seconds_count{method="GET",route="/intents/:id",status="200"} 1',
    );
    expect(text).toContain('orderkeel_http_request_duration_seconds_count{method="GET",route="none",status="404"} 1');
    expect(text).toContain('process_resident_memory_bytes');
  });
});
