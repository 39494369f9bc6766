import type { CapturedEvent } from '../event/captured-event';
import { type JsonObject, objectOf, textOf } from '../event/json';
import { readArn } from './arn';
import { taskOfJob } from './job-name';
import { requireText } from './require';

/** The tag of a job that names its task, for those who want to say it themselves. */
const taskTag = 'datalake-monitoring:task';

/** A job that nobody stopped: its own limit of time did. */
const outOfTime = /^Max(?:Runtime|WaitTime)Exceeded$/;

/** What the three kinds of SageMaker job say alike, each in fields with the kind in front of their names. */
export interface SageMakerJob {
  /** `Training`, `Processing` or `Transform`. */
  readonly kind: string;
  /** Where the console has jobs of this kind. */
  readonly page: string;
  /** The job's own name, which no other job of the account and region has. */
  readonly name: string;
  /** What runs again under another name next time. */
  readonly task: string;
  readonly arn: string | null;
  readonly state: string;
  readonly ranOutOfTime: boolean;
  /** Why it failed or was stopped, as far as the event says. */
  readonly reason: string | null;
}

/**
 * Reads a training, processing or transform job.
 * @throws MonitorError `EVENT_INCOMPLETE` when neither a name nor an ARN says which job it is.
 */
export function readSageMakerJob({ detail, detailType, resources }: CapturedEvent): SageMakerJob {
  const kind = detailType.split(' ')[1] ?? '';
  const arn = textOf(detail[`${kind}JobArn`]) ?? resources.find((text) => readArn(text)) ?? null;
  const inArn = readArn(arn)?.resource.split('/')[1];
  const name = textOf(detail[`${kind}JobName`]) ?? (inArn || requireText(detail, `${kind}JobName`));
  const state = textOf(detail[`${kind}JobStatus`]) ?? 'unknown';
  const ranOutOfTime = state === 'Stopped' && outOfTime.test(textOf(detail['SecondaryStatus']) ?? '');
  return {
    kind,
    page: kind === 'Training' ? 'jobs' : `${kind.toLowerCase()}-jobs`,
    name,
    task: textOf(objectOf(detail['Tags'])?.[taskTag]) ?? taskOfJob(name),
    arn,
    state,
    ranOutOfTime,
    reason:
      textOf(detail['FailureReason']) ?? textOf(detail['ExitMessage']) ?? (ranOutOfTime ? lastMessage(detail) : null),
  };
}

/** What the last step of a training job says of itself. */
function lastMessage(detail: JsonObject): string | null {
  const steps = detail['SecondaryStatusTransitions'];
  const last = Array.isArray(steps) ? objectOf(steps.at(-1)) : null;
  return textOf(last?.['StatusMessage']) ?? textOf(detail['SecondaryStatus']);
}
