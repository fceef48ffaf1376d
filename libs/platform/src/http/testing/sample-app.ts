import { pino } from 'pino';
import { createHttpApp, type HttpApp, type HttpAppSettings } from '../edge/http-app.js';
import { SampleModule } from './sample.module.js';

type Limits = Pick<HttpAppSettings, 'receiveTimeoutMs' | 'closeWithinMs'>;

/** A small server with one route of each kind, listening on a free port. */
export async function startSampleApp(limits: Limits = {}): Promise<HttpApp & { url: string; logged: string[] }> {
  const logged: string[] = [];
  const logger = pino({}, { write: (line: string) => void logged.push(line) });
  const http = await createHttpApp(SampleModule, { logger, nestLogger: false, version: '0.0.0', ...limits });
  await http.app.listen(0, '127.0.0.1');
  return { ...http, url: await http.app.getUrl(), logged };
}
