import { Module } from '@nestjs/common';
import { ChangeStreamView } from './change-stream-view.js';
import { Consumers } from './consumers.js';
import { EnabledModules } from './enabled-modules.js';
import { InstalledModules } from './installed-modules.js';
import { ModuleRoutes } from './module-routes.js';
import { ModuleSwitches } from './module-switches.js';
import { OpsController } from './ops.controller.js';
import { ParkedKeys } from './parked-keys.js';
import { ProgressMetrics } from './progress-metrics.js';
import { SlotMetrics } from './slot-metrics.js';
import { StreamHealth } from './stream-health.js';

/** What people who run the installation look at and turn: executors, lag, parked keys, health. */
@Module({
  controllers: [OpsController],
  providers: [
    ChangeStreamView,
    Consumers,
    EnabledModules,
    InstalledModules,
    ModuleRoutes,
    ModuleSwitches,
    ParkedKeys,
    ProgressMetrics,
    SlotMetrics,
    StreamHealth,
  ],
})
export class OpsModule {}
