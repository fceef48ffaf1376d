import {
  builtDeclarations,
  builtExecutors,
  fillIn,
  readConnector,
  type Configuration,
} from '../../apps/server/src/index.js';
import { CONNECT_SETTINGS } from '../stack/settings/connect-settings.js';
import type { GuardedInstallation } from './installation.js';

/** The installation as its contracts, its connector file and its namespace have it; the workers as stack:up starts them. */
export async function readInstallation(configuration: Configuration): Promise<GuardedInstallation> {
  const { topicPrefix } = await readConnector(configuration);
  const topicOf = ({ schema, table }: { schema: string; table: string }) => `${topicPrefix}.${schema}.${table}`;
  return {
    topicPrefix,
    topics: builtDeclarations.flatMap(({ publishes }) => publishes).map(topicOf),
    executors: builtExecutors().map(({ name, module, contract }) => ({ name, module, topic: topicOf(contract) })),
    connector: (await fillIn(configuration, {})).name,
    workerGroup: workerSetting('group.id'),
    workerTopics: {
      config: workerSetting('config.storage.topic'),
      offset: workerSetting('offset.storage.topic'),
      status: workerSetting('status.storage.topic'),
    },
  };
}

function workerSetting(name: string): string {
  return CONNECT_SETTINGS.find((setting) => setting.name === name)!.value;
}
