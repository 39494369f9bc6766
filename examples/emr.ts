import type { Arrival, Setting } from './arrival';
import { arnOf, isoOf, type Run, runsAt, say } from './services';

const cluster = 'j-2KQ7Z0M4XN1PD';
const virtualCluster = 'vc5p9r2t7w1y4a8c3e6g';
const application = '00f4lake7d2e9a51';

/** Everything that EMR says in a day: steps of a cluster, serverless jobs with a retry, and jobs on EKS. */
export function emrDay(setting: Setting): readonly Arrival[] {
  const { suffix } = setting;
  return [
    ...runsAt(setting, [2, 3]).flatMap((run, at) => step(setting, `compact-events${suffix}`, run, at === 0)),
    ...runsAt(setting, [22]).flatMap((run) => step(setting, `join-sessions${suffix}`, run, false)),
    ...runsAt(setting, [1, 9]).flatMap((run, at) => serverless(setting, `score-customers${suffix}`, run, at === 0)),
    ...runsAt(setting, [3, 15]).flatMap((run, at) => onEks(setting, `deduplicate-orders${suffix}`, run, at === 0)),
  ];
}

function step(setting: Setting, name: string, { startedAt, endedAt }: Run, fails: boolean): readonly Arrival[] {
  const stepId = `s-${setting.random.hex(13).toUpperCase()}`;
  const subject = `Step ${stepId} (${name}) in Amazon EMR cluster ${cluster} (lake nightly)`;
  const told = (time: number, state: string, message: string) =>
    say(setting, time, {
      source: 'aws.emr',
      detailType: 'EMR Step Status Change',
      detail: {
        severity: state === 'FAILED' ? 'ERROR' : 'INFO',
        actionOnFailure: 'CONTINUE',
        stepId,
        name,
        clusterId: cluster,
        state,
        message: `${subject} ${message}`,
      },
    });
  return [
    told(startedAt, 'RUNNING', `started running at ${toTheMinute(startedAt)} UTC.`),
    fails
      ? told(endedAt, 'FAILED', `failed at ${toTheMinute(endedAt)} UTC.`)
      : told(endedAt, 'COMPLETED', `completed execution at ${toTheMinute(endedAt)} UTC. ${lasted(startedAt, endedAt)}`),
  ];
}

/** EMR rounds to the minute and says how long it took. */
function lasted(startedAt: number, endedAt: number): string {
  const minutes = Math.round((endedAt - startedAt) / 60_000);
  return `The step started running at ${toTheMinute(startedAt)} UTC and took ${minutes} minutes to complete.`;
}

function toTheMinute(time: number): string {
  return isoOf(time).slice(0, 16).replace('T', ' ');
}

/** A run that is tried again by itself tells the attempt that failed, then starts and ends as any other. */
function serverless(setting: Setting, name: string, run: Run, isRetried: boolean): readonly Arrival[] {
  const { startedAt, endedAt } = run;
  const jobRunId = setting.random.hex(16);
  const resource = `/applications/${application}/jobruns/${jobRunId}`;
  const job = { jobRunId, applicationId: application, jobRunName: name, arn: arnOf('emr-serverless', resource) };
  const told = (time: number, change: string, detail: object) =>
    say(setting, time, {
      source: 'aws.emr-serverless',
      detailType: `EMR Serverless Job Run ${change}`,
      detail: { ...job, releaseLabel: 'emr-7.1.0', createdAt: isoOf(startedAt), updatedAt: isoOf(time), ...detail },
    });
  const middle = Math.round((startedAt + endedAt) / 2);
  const retry = {
    previousAttempt: 1,
    previousAttemptState: 'FAILED',
    previousAttemptCreatedAt: isoOf(startedAt),
    previousAttemptEndedAt: isoOf(middle),
    newAttempt: 2,
    newAttemptCreatedAt: isoOf(middle),
  };
  return [
    told(startedAt, 'State Change', { state: 'RUNNING', previousState: 'SCHEDULED' }),
    ...(isRetried ? [told(middle, 'Retry', retry)] : []),
    told(endedAt, 'State Change', { state: 'SUCCESS', previousState: 'RUNNING' }),
  ];
}

function onEks(setting: Setting, name: string, { startedAt, endedAt }: Run, fails: boolean): readonly Arrival[] {
  const id = `0000000${setting.random.hex(12)}`;
  const subject = `Job Run ${id} (${name}) in virtual cluster ${virtualCluster}`;
  const told = (time: number, state: string, detail: object) =>
    say(setting, time, {
      source: 'aws.emr-containers',
      detailType: 'EMR Job Run State Change',
      detail: { severity: fails ? 'ERROR' : 'INFO', name, id, virtualClusterId: virtualCluster, state, ...detail },
    });
  const at = (time: number) => isoOf(time).slice(0, 19).replace('T', ' ');
  const reason = { failureReason: 'USER_ERROR', stateDetails: 'JobRun failed. ValueError: no rows for this day' };
  return [
    told(startedAt, 'RUNNING', { message: `${subject} started running at ${at(startedAt)} UTC.` }),
    fails
      ? told(endedAt, 'FAILED', { message: `${subject} failed at ${at(endedAt)} UTC.`, ...reason })
      : told(endedAt, 'COMPLETED', { message: `${subject} completed at ${at(endedAt)} UTC.` }),
  ];
}
