import { type Arrival, account, arrive, bridgeEvent, minute, region, type Setting } from './arrival';
import { jobRunId } from './glue';
import type { Random } from './random';

/** State machines with the minutes of the day at which they start. */
const machines = [
  ['orders-pipeline', Array.from({ length: 24 }, (_, hour) => hour * 60 + 30)],
  ['customer-360', [180, 540, 900, 1260]],
  ['month-to-date', [300]],
  ['partner-import', Array.from({ length: 8 }, (_, at) => at * 180 + 45)],
] as const;

interface Execution {
  readonly machine: string;
  readonly name: string;
  readonly startedAt: number;
}

/** How an execution ended, in the words of Step Functions. */
export interface Ending {
  readonly status: string;
  readonly error: string | null;
  readonly cause: string | null;
}

const running: Ending = { status: 'RUNNING', error: null, cause: null };
const succeeded: Ending = { status: 'SUCCEEDED', error: null, cause: null };

/** Everything that Step Functions says in a day: the start and the end of each execution. */
export function statesDay({ random, midnight, suffix }: Setting): readonly Arrival[] {
  return machines.flatMap(([machine, starts]) =>
    starts.flatMap((start) => {
      const startedAt = midnight + start * minute + random.integer(0, 20_000);
      const execution = { machine: `${machine}${suffix}`, name: random.uuid(), startedAt };
      return executionEvents(random, execution, random.chance(0.92) ? succeeded : failure(random, startedAt));
    }),
  );
}

function executionEvents(random: Random, execution: Execution, ending: Ending): readonly Arrival[] {
  const endedAt = execution.startedAt + random.integer(minute, 25 * minute);
  return [
    arrive(execution.startedAt, statusChange(random, { ...execution, ending: running, stoppedAt: null })),
    arrive(endedAt, statusChange(random, { ...execution, ending, stoppedAt: endedAt })),
  ];
}

interface StatusChange extends Execution {
  readonly ending: Ending;
  readonly stoppedAt: number | null;
}

/** What Step Functions says of an execution; of one that runs, `stoppedAt` is null. */
export function statusChange(random: Random, { machine, name, startedAt, ending, stoppedAt }: StatusChange) {
  const executionArn = `arn:aws:states:${region}:${account}:execution:${machine}:${name}`;
  const hasFailed = ending.status !== 'RUNNING' && ending.status !== 'SUCCEEDED';
  return bridgeEvent(random, {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    time: stoppedAt ?? startedAt,
    resources: [executionArn],
    detail: {
      executionArn,
      stateMachineArn: `arn:aws:states:${region}:${account}:stateMachine:${machine}`,
      name,
      status: ending.status,
      startDate: startedAt,
      stopDate: stoppedAt,
      input: '{"day":"yesterday"}',
      output: ending.status === 'SUCCEEDED' ? '{"done":true}' : null,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: 0,
      redriveDate: null,
      redriveStatus: hasFailed ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
      inputDetails: { included: true },
      outputDetails: ending.status === 'SUCCEEDED' ? { included: true } : null,
      error: ending.error,
      cause: ending.cause,
    },
  });
}

function failure(random: Random, startedAt: number): Ending {
  return random.pick<Ending>([
    {
      status: 'FAILED',
      error: 'States.TaskFailed',
      cause: glueCause({ jobName: 'orders-aggregate', id: jobRunId(random), startedAt, message: missingTable }),
    },
    {
      status: 'FAILED',
      error: 'NameError',
      cause: JSON.stringify({
        errorMessage: "name 'rate' is not defined",
        errorType: 'NameError',
        stackTrace: ['  File "/var/task/rates.py", line 7, in handler\n    return rate\n'],
      }),
    },
    { status: 'TIMED_OUT', error: 'States.Timeout', cause: null },
    { status: 'ABORTED', error: null, cause: null },
    { status: 'FAILED', error: null, cause: null },
  ]);
}

const missingTable = 'AnalysisException: Table or view not found: curated.orders_staging; line 3 pos 5';

interface InnerRun {
  readonly jobName: string;
  readonly id: string;
  readonly startedAt: number;
  readonly message: string;
}

/** Why a state machine failed that waits for a Glue job: the run as Glue describes it, in a text. */
export function glueCause({ jobName, id, startedAt, message }: InnerRun): string {
  return JSON.stringify({
    AllocatedCapacity: 10,
    Attempt: 0,
    CompletedOn: startedAt + 4 * minute,
    ErrorMessage: message,
    ExecutionTime: 212,
    GlueVersion: '4.0',
    Id: id,
    JobName: jobName,
    JobRunState: 'FAILED',
    StartedOn: startedAt + 10_000,
    Timeout: 2880,
  });
}
