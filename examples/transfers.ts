import { type Arrival, account, region, type Setting } from './arrival';
import { arnOf, isoOf, type Run, runsAt, say } from './services';

/** Everything that brings data into the lake or out of it says in a day: flows, copies, replications and uploads. */
export function transferDay(setting: Setting): readonly Arrival[] {
  return [
    ...runsAt(setting, [6, 12]).flatMap((run, at) => flow(setting, run, at === 1)),
    ...runsAt(setting, [1, 7, 19]).flatMap((run, at) => copy(setting, run, at === 2)),
    ...runsAt(setting, [10]).map(({ endedAt }) => replication(setting, endedAt)),
    ...runsAt(setting, [0, 8, 16]).flatMap((run, at) => upload(setting, run, at === 1)),
  ];
}

function flow(setting: Setting, { startedAt, endedAt }: Run, fails: boolean): readonly Arrival[] {
  const name = `crm-accounts${setting.suffix}`;
  const run = {
    'flow-name': name,
    // AppFlow puts account and region in each other's place.
    'flow-arn': `arn:aws:appflow:${account}:${region}:flow/${name}`,
    source: 'SALESFORCE/crm',
    destination: 'S3',
    'trigger-type': 'SCHEDULED',
    'execution-id': setting.random.uuid(),
    'start-time': `${isoOf(startedAt)}[UTC]`,
  };
  const end = {
    'end-time': `${isoOf(endedAt)}[UTC]`,
    'num-of-records-processed': fails ? '0' : '1840',
    'num-of-record-failures': '0',
    status: fails ? 'Execution Failed' : 'Execution Successful',
    ...(fails ? { error: "INVALID_FIELD: No such column 'Region__c' on entity 'Account'" } : {}),
  };
  const told = (time: number, which: string, detail: object) =>
    say(setting, time, { source: 'aws.appflow', detailType: `AppFlow ${which} Flow Run Report`, detail });
  return [told(startedAt, 'Start', run), told(endedAt, 'End', { ...run, ...end })];
}

function copy(setting: Setting, { startedAt, endedAt }: Run, fails: boolean): readonly Arrival[] {
  const execution = arnOf('datasync', `task/task-0f4a8c2e6b1d3957a/execution/exec-${setting.random.hex(17)}`);
  const told = (time: number, State: string) =>
    say(setting, time, {
      source: 'aws.datasync',
      detailType: 'DataSync Task Execution State Change',
      resources: [execution],
      detail: { State },
    });
  return [told(startedAt, 'LAUNCHING'), told(endedAt, fails ? 'ERROR' : 'SUCCESS')];
}

function replication(setting: Setting, time: number): Arrival {
  return say(setting, time, {
    source: 'aws.dms',
    detailType: 'DMS Replication Task State Change',
    resources: [arnOf('dms', `task:shop-to-lake${setting.suffix}`)],
    detail: {
      eventType: 'REPLICATION_TASK_FAILED',
      detailMessage: 'Last Error  Task ran out of memory [1020418] Stop Reason FATAL_ERROR Error Level FATAL',
      type: 'REPLICATION_TASK',
      category: 'Failure',
    },
  });
}

function upload(setting: Setting, { startedAt, endedAt }: Run, fails: boolean): readonly Arrival[] {
  const end = fails ? 'Failed' : 'Completed';
  const reason = { 'failure-code': 'PARTIAL_UPLOAD', 'failure-message': 'File was partially uploaded.' };
  const server = 's-0c4e8a2b6d1f39570';
  const detail = {
    'status-code': end.toUpperCase(),
    protocol: 'SFTP',
    bytes: setting.random.integer(1_000, 9_000_000),
    'start-timestamp': isoOf(startedAt),
    'end-timestamp': isoOf(endedAt),
    'file-path': `/example-raw/partner${setting.suffix}/orders.csv`,
    'server-id': server,
    username: `partner${setting.suffix}`,
    'session-id': setting.random.hex(8),
    ...(fails ? reason : {}),
  };
  const resources = [arnOf('transfer', `server/${server}`)];
  return [
    say(setting, endedAt, { source: 'aws.transfer', detailType: `SFTP Server File Upload ${end}`, resources, detail }),
  ];
}
