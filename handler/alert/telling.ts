import { budgets, portsUntil } from '../deadline';
import type { EnvironmentOf } from '../environment';
import { nameOf } from '../errors';
import type { Log } from '../log';
import type { MetricName } from '../metrics';
import { afterFault, longer, type Pause } from '../pause';
import type { Ports } from '../ports';
import type { StateRecord } from '../record/schema';
import type { Settings, Silence } from '../settings';
import type { Causes } from './causes';
import { createIncidents, type Incidents } from './incidents';
import type { Ledger } from './ledger';
import { createSilences } from './silences';

/** What one invocation tells with, and what it notes on the way. */
export interface Telling {
  /** Calls of these fail once the time for deciding is used up. */
  readonly ports: Ports;
  /** The same for asking Glue. */
  readonly glue: Ports;
  readonly slack: Ports;
  readonly log: Log;
  readonly settings: Settings;
  /** Those that `npm run silence` put into the bucket. */
  readonly silences: readonly Silence[];
  readonly incidents: Incidents;
  /** Claims and decisions, of which none may begin late. */
  readonly ledger: Ledger;
  /** Marks, which have more time: what was posted should be marked. */
  readonly marks: Ledger;
  readonly causes: Causes;
  /** Writes rows of state changes anew; gives back those that could not be written. */
  readonly write: (records: readonly StateRecord[]) => Promise<ReadonlySet<StateRecord>>;
  /** When the last post may begin, milliseconds since the epoch. */
  readonly postsEnd: number;
  /** Until when Slack wants to hear nothing by a webhook; all invocations of the process share it. */
  readonly paused: Map<string, number>;
  /** State changes whose messages must come again, and when. */
  readonly unsettled: Map<StateRecord, Pause>;
  readonly counts: Map<MetricName, number>;
  /** Seconds from each failure to its post. */
  readonly lags: number[];
}

/** What all invocations of the function share. */
interface World {
  readonly environment: Pick<
    EnvironmentOf<'notify'>,
    'NOTIFICATION_PREFIX' | 'INCIDENT_PREFIX' | 'CAUSE_PREFIX' | 'SILENCE_PREFIX'
  >;
  readonly ports: Ports;
  readonly log: Log;
  /** Puts rows into the delivery stream; gives back those that it did not take. */
  readonly write: (records: readonly StateRecord[], ports: Ports) => Promise<ReadonlySet<StateRecord>>;
}

/** Makes what opens the telling of an invocation: who it is, when it began, and by which settings it tells. */
export function createTellings({ environment, ports, log, write }: World) {
  const incidents = createIncidents(environment.INCIDENT_PREFIX);
  const readSilences = createSilences(environment.SILENCE_PREFIX);
  const paused = new Map<string, number>();
  return async (owner: string, begun: number, settings: Settings): Promise<Telling> => {
    const deciding = portsUntil(begun + budgets.decisions, ports);
    const ledger = { prefix: environment.NOTIFICATION_PREFIX, owner, now: ports.now, log };
    return {
      ports: deciding,
      glue: portsUntil(begun + budgets.glue, ports),
      slack: ports,
      log,
      settings,
      silences: await readSilences({ ports: deciding, log }),
      incidents,
      ledger: { ...ledger, objects: deciding.objects },
      marks: { ...ledger, objects: portsUntil(begun + budgets.marks, ports).objects },
      causes: { prefix: environment.CAUSE_PREFIX, objects: deciding.objects, now: ports.now },
      write: (records) => write(records, deciding),
      postsEnd: begun + budgets.posts,
      paused,
      unsettled: new Map(),
      counts: new Map(),
      lags: [],
    };
  };
}

/** Notes that something is not settled: the messages of its state changes come again. */
export function postpone(changes: readonly StateRecord[], pause: Pause, { unsettled }: Telling): void {
  for (const change of changes) {
    unsettled.set(change, longer(pause, unsettled.get(change) ?? pause));
  }
}

/** Counts towards a metric. */
export function count(name: MetricName, by: number, { counts }: Telling): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

/** Runs a step for some state changes; when it fails, they come again. */
export async function settle<R>(
  changes: readonly StateRecord[],
  telling: Telling,
  step: () => Promise<R>,
): Promise<R | null> {
  try {
    return await step();
  } catch (error) {
    const fields = { error: nameOf(error), state_changes: changes.length };
    telling.log.error('A step of telling failed; the state changes that it is about come again', fields);
    postpone(changes, afterFault, telling);
    return null;
  }
}
