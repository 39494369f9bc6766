import { MonitorError } from './errors';
import type { Ports } from './ports';

/**
 * Milliseconds from the start of an invocation after which no call of a kind starts any more. A call is given up after
 * ten seconds, its second try included, so that the last one ends inside the function's time-out of 60 s: a function
 * that is killed brings back its whole batch. Rows stop first, so that a Firehose that hangs leaves time for quarantine;
 * asking Glue, which adds to rows and alerts but holds up neither, before both.
 */
export const budgets = {
  glue: 8_000,
  rows: 20_000,
  quarantine: 30_000,
  decisions: 20_000,
  posts: 30_000,
  marks: 40_000,
  giveBack: 45_000,
} as const;

/**
 * The ports, whose calls all fail with the MonitorError `TIME_USED_UP` from an instant on (milliseconds since the
 * epoch): what is left then is handed back as if the service had refused it. A pause past the end is not waited out.
 */
export function portsUntil(end: number, ports: Ports): Ports {
  const until = <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (ports.now().getTime() >= end) {
        throw new MonitorError(
          'TIME_USED_UP',
          'The time of the invocation is used up, the rest goes back to the queue',
        );
      }
      return call(...args);
    };
  };
  return {
    putRecordBatch: until(ports.putRecordBatch),
    objects: {
      get: until(ports.objects.get),
      putIfAbsent: until(ports.objects.putIfAbsent),
      putIfMatch: until(ports.objects.putIfMatch),
      list: until(ports.objects.list),
    },
    getJobRun: until(ports.getJobRun),
    getJob: until(ports.getJob),
    readSecret: until(ports.readSecret),
    post: until(ports.post),
    postpone: until(ports.postpone),
    now: ports.now,
    sleep: async (milliseconds) => {
      if (ports.now().getTime() + milliseconds < end) {
        await ports.sleep(milliseconds);
      }
    },
  };
}
