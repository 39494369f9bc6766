import { hash } from 'node:crypto';

const account = '111122223333';
const region = 'eu-west-1';

/** What an event tells of a run, and when. Instants are milliseconds since the epoch. */
export interface Told {
  readonly name: string;
  readonly runId: string;
  readonly state: string;
  readonly at: number;
  readonly began: number;
  readonly error: string | null;
}

/** An event, and the `event_id` that its row has. */
export interface Event {
  readonly id: string;
  readonly body: string;
}

/** A state change of a Glue job's run, or the notice that it takes long. */
export function glueJobEvent({ name, runId, state, at, began, error }: Told): Event {
  const detail = { jobName: name, severity: 'INFO', state, jobRunId: runId, message: error ?? `Job run ${state}` };
  return state === 'DELAYED'
    ? wrapped('aws.glue', 'Glue Job Run Status', at, {
        ...detail,
        state: 'RUNNING',
        notificationCondition: { NotifyDelayAfter: 5 },
        startedOn: iso(began),
      })
    : wrapped('aws.glue', 'Glue Job State Change', at, { ...detail, startedOn: iso(began) });
}

/** A crawler that ended. It has no run id: each end is a run. */
export function crawlerEvent({ name, state, at, began, error }: Told): Event {
  return wrapped('aws.glue', 'Glue Crawler State Change', at, {
    crawlerName: name,
    state,
    message: `Crawler ${state}`,
    'runningTime (sec)': String(Math.round((at - began) / 1_000)),
    completionDate: iso(at),
    ...(error === null ? {} : { errorMessage: error }),
  });
}

/** A state change of a state machine's execution; the cause may be the answer of the Glue run inside. */
export function executionEvent(told: Told & { readonly cause: string | null }): Event {
  const { name, runId, state, at, began, error, cause } = told;
  const answer =
    cause === null ? error : JSON.stringify({ Id: cause, JobName: 'inner', ErrorMessage: error, Attempt: 0 });
  return wrapped('aws.states', 'Step Functions Execution Status Change', at, {
    executionArn: executionArn(name, runId),
    stateMachineArn: `arn:aws:states:${region}:${account}:stateMachine:${name}`,
    name: runId,
    status: state,
    startDate: began,
    stopDate: state === 'RUNNING' ? null : at,
    redriveCount: 0,
    ...(error === null ? {} : { error: 'States.TaskFailed', cause: answer }),
  });
}

/** What a Lambda function's destination gets; its id is a hash. */
export function lambdaEvent({ name, runId, state, at, error }: Told): Event {
  const functionArn = `arn:aws:lambda:${region}:${account}:function:${name}`;
  const body = {
    version: '1.0',
    timestamp: iso(at),
    requestContext: {
      requestId: runId,
      functionArn: `${functionArn}:$LATEST`,
      condition: state,
      approximateInvokeCount: 1,
    },
    requestPayload: {},
    responseContext: { statusCode: 200, executedVersion: '$LATEST' },
    responsePayload: error === null ? null : { errorType: 'TransferError', errorMessage: error },
  };
  const id = hash('sha256', `${functionArn}:$LATEST\n${runId}\n${state}`, 'hex');
  return { id, body: JSON.stringify(body) };
}

/** What rows call an execution. */
export function executionArn(name: string, runId: string): string {
  return `arn:aws:states:${region}:${account}:execution:${name}:${runId}`;
}

function wrapped(source: string, detailType: string, at: number, detail: object): Event {
  const id = `event-${hash('sha256', `${source} ${detailType} ${at} ${JSON.stringify(detail)}`, 'hex').slice(0, 16)}`;
  // EventBridge knows whole seconds.
  const time = `${iso(at).slice(0, 19)}Z`;
  const body = { version: '0', id, 'detail-type': detailType, source, account, time, region, resources: [], detail };
  return { id, body: JSON.stringify(body) };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
