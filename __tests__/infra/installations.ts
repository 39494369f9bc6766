import type { ConfigurationInput } from '../../infra/config';

const account = '111122223333';

/** A second installation in an account that has one already: every setting, but for where the state lies. */
export const secondTeam: ConfigurationInput = {
  name: 'team-a',
  sources: { glue_crawler: false },
  alertOn: ['failed', 'stopped'],
  keepPayloads: true,
  alarms: ['lake@example.org', 'second.person@example.org'],
  silenceAlarmHours: 168,
  retention: { rows: 30, quarantine: 7, firehoseErrors: 7, athenaResults: 1, logs: 14 },
  onDestroy: 'delete',
  tags: { owner: 'lake' },
  encryption: 'customer-managed',
  permissionsBoundary: `arn:aws:iam::${account}:policy/boundary`,
  rolePath: '/lake/',
};

/** Everything that `config.ts` can say. */
export const everything: ConfigurationInput = {
  ...secondTeam,
  lambdaDestinations: ['orders-import', 'etl-*', '*-nightly'],
  lakeFormation: { readers: [`arn:aws:iam::${account}:role/analyst`] },
  terraformCloud: { organization: 'example', project: 'lake', workspaces: { registry: 'a', monitoring: 'b' } },
};
