import { type JsonObject, objectOf, textOf } from '../event/json';
import { runOfJob } from './batch';
import { type ErrorText, readError } from './error-text';
import { readTaskError } from './task-error';

/** Below which key some services answer; the others answer without one. */
const below = ['JobRun', 'QueryExecution', 'Step'];

/** Keys whose value alone names a run: EMR Serverless, DataBrew, state machines, ECS, Athena, SageMaker, Lambda. */
const runKeys = [
  'JobRunId',
  'RunId',
  'ExecutionArn',
  'TaskArn',
  'QueryExecutionId',
  'TrainingJobArn',
  'ProcessingJobArn',
  'TransformJobArn',
  'requestId',
];

/** What a service says of a run that a state machine waited for, when that run failed. */
export interface InnerRun {
  /** The `service_request_id` that the row of that run has. */
  readonly id: string | null;
  /** Null when no service's words are there, such as in the error of a Lambda function. */
  readonly error: ErrorText | null;
}

/** Reads the answer of a service, which Step Functions passes on as the `cause`, with capitals. */
export function readInnerRun(cause: JsonObject): InnerRun {
  const held = below.map((key) => objectOf(cause[key])).find((it) => it !== null) ?? null;
  const answer = held ?? cause;
  const isPlainId = held !== null || answer['JobName'] !== undefined || answer['VirtualClusterId'] !== undefined;
  const job = textOf(answer['JobId']);
  const keyed = runKeys.map((key) => textOf(answer[key])).find((it) => it !== null) ?? null;
  const id = (isPlainId ? textOf(answer['Id']) : null) ?? (job === null ? keyed : runOfJob(job));
  const text = textIn(answer);
  return {
    id: id?.replace(/_attempt_\d+$/, '') ?? null,
    error: text === null ? readTaskError(answer) : readError(text, textOf(answer['Error'])),
  };
}

/** Glue and DataBrew, state machines, EMR Serverless and on EKS, SageMaker; below `Status` Athena and EMR's steps. */
function textIn(answer: JsonObject): string | null {
  const status = objectOf(answer['Status']);
  const details = objectOf(status?.['FailureDetails']);
  const change = objectOf(status?.['StateChangeReason']);
  return [
    answer['ErrorMessage'],
    answer['Cause'],
    answer['StateDetails'],
    answer['FailureReason'],
    objectOf(status?.['AthenaError'])?.['ErrorMessage'],
    status?.['StateChangeReason'],
    details?.['Message'],
    details?.['Reason'],
    change?.['Message'],
  ].reduce<string | null>((found, value) => found ?? textOf(value), null);
}
