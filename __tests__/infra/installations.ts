import type { ConfigurationInput } from '../../infra/config';

const account = '111122223333';

/** A second installation in an account that has one already: every setting, but for where the state lies. */
export const secondTeam: ConfigurationInput = {
  name: 'team-a',
  sources: { glue_crawler: false },
  alertOn: ['failed', 'stopped'],
  routes: [
    {
      match: { service: ['glue_job', 'lambda'], name: 'orders-*', account, region: 'eu-*', errorType: '*Timeout*' },
      channel: 'orders',
      mention: '<!subteam^S0ORDERS>',
      runbook: 'https://wiki.example.org/orders',
      severity: 'critical',
      alertOn: ['failed', 'timeout', 'stopped'],
      cooldownMinutes: 0,
    },
    { match: { fingerprint: ['1:1f0c*'] }, mention: null, runbook: null },
  ],
  defaultRoute: { channel: 'lake', mention: '<!here>', severity: 'warning', cooldownMinutes: 30 },
  silences: [
    { match: { name: 'sandbox-*' }, from: '2026-01-01T00:00+01:00', until: '2099-01-01T00:00:00Z', reason: 'trials' },
  ],
  maintenance: [
    {
      match: { name: '*' },
      days: ['sunday'],
      from: '22:00',
      until: '02:00',
      timeZone: 'Europe/Berlin',
      ends: '2099-01-01T00:00:00Z',
      reason: 'the database is patched',
    },
  ],
  redaction: { patterns: ['CUST-\\d{8}'] },
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
