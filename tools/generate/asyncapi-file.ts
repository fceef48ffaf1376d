import type { ModuleManifest } from '@orderkeel/platform';
import { version } from '../../apps/server/src/version.js';
import { asyncApiDocument } from '../../libs/platform/src/asyncapi/asyncapi-document.js';
import { connectorFor } from '../../libs/platform/src/change-stream/connector/connector-for.js';
import { topicSettings } from '../../libs/platform/src/change-stream/connector/topic-settings.js';
import type { GeneratedFile } from './generated-file.js';

/** docs/asyncapi.json: what outside consumers read, with the topics of the shipped connector and no installation's brokers. */
export function asyncApiFile(modules: readonly ModuleManifest[]): GeneratedFile {
  const contracts = modules.flatMap((module) => module.publishes);
  const { config } = connectorFor(contracts, 'orderkeel');
  const settings = { version: version(), topicPrefix: 'orderkeel', topics: topicSettings(config), brokers: null };
  return { path: 'docs/asyncapi.json', content: JSON.stringify(asyncApiDocument(contracts, settings)) };
}
