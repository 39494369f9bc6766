import { tickEvent } from '../../handler/event/tick';
import { createNotify } from '../../handler/process';
import { decodeNotification, type Notification } from '../../handler/record/notification';
import { batchOf, glueEvent } from './process-events';
import { type Instead, worldWith } from './process-world';

/** A job's run that failed or went well at a clock time, some minutes after it began. */
export function runOf(job: string, state: string, ended: string, detail: object = {}) {
  const at = `2026-01-05T${ended}:00Z`;
  return glueEvent(`jr_${job}-${ended}`, state, { jobName: job, ...detail }, { time: at });
}

/** A state machine's execution that failed because of a run of a Glue job. */
export function executionOf(machine: string, run: string) {
  const arn = `arn:aws:states:eu-west-1:111122223333:stateMachine:${machine}`;
  const cause = JSON.stringify({ Id: run, JobName: 'load', JobRunState: 'FAILED', ErrorMessage: 'it says so' });
  const detail = {
    executionArn: `${arn.replace('stateMachine', 'execution')}:night`,
    stateMachineArn: arn,
    name: 'night',
    status: 'FAILED',
    error: 'States.TaskFailed',
    cause,
  };
  return {
    ...glueEvent('night', 'FAILED', {}, { id: `event-${machine}` }),
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    detail,
  };
}

/** A function that lives on, the world that it lives in, and what it did. */
export function lasting(settings: object = {}, instead: Instead = {}) {
  const { world, deeds } = worldWith(instead, JSON.stringify(settings));
  const notify = createNotify(world);
  let handles = 0;
  const tell = (...events: readonly unknown[]) => {
    handles += 1;
    const { Records } = batchOf(...events);
    return notify({ Records: Records.map((it) => ({ ...it, receiptHandle: `${it.receiptHandle}-${handles}` })) });
  };
  const at = (clock: string) => {
    deeds.clock.milliseconds = Date.parse(`2026-01-05T${clock}:00Z`);
  };
  return { tell, tick: () => notify(tickEvent), at, deeds, world };
}

/** The ledger, by task and kind. */
export function ledger(objects: ReadonlyMap<string, string>) {
  const rows = [...objects]
    .filter(([key]) => key.startsWith('monitor/notification/'))
    .flatMap(([, body]) => decodeNotification(body) ?? []);
  return rows.map(({ kind, service_name, status }: Notification) => `${kind} ${service_name}: ${status}`).sort();
}

export function texts(posts: readonly { readonly body: string }[]): readonly string[] {
  return posts.map(({ body }) => (JSON.parse(body) as { text: string }).text);
}

/** Glue knows every run, and retries none. */
export const answering: Instead = {
  getJobRun: async () => ({
    startedAt: null,
    completedAt: null,
    executionSeconds: null,
    dpuSeconds: null,
    errorMessage: null,
  }),
  getJob: async () => ({ maxRetries: 0 }),
};

/** Something that others wait for until it is opened. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
