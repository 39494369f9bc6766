import { type Arrival, account, region, type Setting } from './arrival';
import { arnOf, isoOf, type Run, runsAt, say } from './services';

const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;

/** How a container ends; one that fails may tell why. */
interface Exit {
  readonly exitCode: number;
  readonly reason?: string;
}

/** Tasks of the cluster `lake`, the hours at which they start, and how the first run of the day ends. */
const tasks: readonly (readonly [string, readonly number[], Exit])[] = [
  ['weather-download', [0, 6, 12, 18], { exitCode: 0 }],
  ['geocode-addresses', [4], { exitCode: 137 }],
  ['currency-rates', [1, 13], { exitCode: 1, reason: 'FileNotFoundError: [Errno 2] No such file: rates.csv' }],
];

/** Jobs of the queue `lake`, the hours at which they start, and how the first run of the day ends. */
const jobs: readonly (readonly [string, readonly number[], Exit])[] = [
  ['thumbnail-catalogue', [2, 14], { exitCode: 0 }],
  ['simulate-demand', [5, 17], { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }],
];

/** Everything that ECS and Batch say in a day: starts and ends of standalone tasks and of jobs. */
export function containerDay(setting: Setting): readonly Arrival[] {
  const ends = (first: Exit, at: number): Exit => (at === 0 ? first : { exitCode: 0 });
  return [
    ...tasks.flatMap(([name, hours, first]) =>
      runsAt(setting, hours).flatMap((run, at) => taskRun(setting, `${name}${setting.suffix}`, run, ends(first, at))),
    ),
    ...jobs.flatMap(([name, hours, first]) =>
      runsAt(setting, hours).flatMap((run, at) => jobRun(setting, `${name}${setting.suffix}`, run, ends(first, at))),
    ),
  ];
}

function taskRun(setting: Setting, name: string, { startedAt, endedAt }: Run, exit: Exit): readonly Arrival[] {
  const taskArn = arnOf('ecs', `task/lake/${setting.random.hex(32)}`);
  const container = { name, image: `${registry}/${name}:2.4.0`, taskArn };
  const task = {
    clusterArn: arnOf('ecs', 'cluster/lake'),
    taskArn,
    taskDefinitionArn: arnOf('ecs', `task-definition/${name}:9`),
    group: `family:${name}`,
    startedBy: 'nightly',
    launchType: 'FARGATE',
    createdAt: isoOf(startedAt - 20_000),
    startedAt: isoOf(startedAt),
  };
  const end = {
    stoppedAt: isoOf(endedAt),
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
  };
  const told = (time: number, lastStatus: string, detail: object) =>
    say(setting, time, {
      source: 'aws.ecs',
      detailType: 'ECS Task State Change',
      resources: [taskArn],
      detail: { ...task, desiredStatus: lastStatus, lastStatus, ...detail },
    });
  return [
    told(startedAt, 'RUNNING', { containers: [{ ...container, lastStatus: 'RUNNING' }], version: 4 }),
    told(endedAt, 'STOPPED', { ...end, containers: [{ ...container, lastStatus: 'STOPPED', ...exit }], version: 7 }),
  ];
}

function jobRun(setting: Setting, name: string, { startedAt, endedAt }: Run, exit: Exit): readonly Arrival[] {
  const jobId = setting.random.uuid();
  const jobArn = arnOf('batch', `job/${jobId}`);
  const logStreamName = `${name}/default/${setting.random.hex(32)}`;
  const job = {
    jobArn,
    jobName: name,
    jobId,
    jobQueue: arnOf('batch', 'job-queue/lake'),
    jobDefinition: arnOf('batch', `job-definition/${name}:4`),
    createdAt: startedAt - 60_000,
    startedAt,
  };
  const container = { logStreamName, ...exit };
  const statusReason = 'Essential container in task exited';
  const attempts = [{ container, startedAt, stoppedAt: endedAt, statusReason }];
  const told = (time: number, status: string, detail: object) =>
    say(setting, time, {
      source: 'aws.batch',
      detailType: 'Batch Job State Change',
      resources: [jobArn],
      detail: { ...job, status, ...detail },
    });
  return [
    told(startedAt, 'RUNNING', { attempts: [], container: { logStreamName } }),
    told(endedAt, exit.exitCode === 0 ? 'SUCCEEDED' : 'FAILED', {
      attempts,
      statusReason,
      stoppedAt: endedAt,
      container,
    }),
  ];
}
