import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { EventStreams } from './events/event-streams.js';
import { HealthController } from './health/health.controller.js';
import { HealthProbes } from './health/health-probes.js';
import { Cursors } from './lists/cursors.js';
import { Pages } from './lists/pages.js';
import { Metrics } from './metrics/metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';

const CURSOR_SECRET = Symbol('cursor secret');

/** What controllers of any module may ask for: pages of lists, event streams, health probes, metrics; and their routes. */
@Module({})
export class HttpEdgeModule {
  /** @param cursorSecret where the installation's secret comes from: the same for all of its processes, 32 bytes */
  static forRoot(cursorSecret: Omit<FactoryProvider<Buffer>, 'provide'>): DynamicModule {
    const cursors = { provide: Cursors, inject: [CURSOR_SECRET], useFactory: (secret: Buffer) => new Cursors(secret) };
    const offered = [Pages, EventStreams, HealthProbes, Metrics];
    return {
      module: HttpEdgeModule,
      global: true,
      controllers: [HealthController, MetricsController],
      providers: [{ provide: CURSOR_SECRET, ...cursorSecret }, cursors, ...offered],
      exports: offered,
    };
  }
}
