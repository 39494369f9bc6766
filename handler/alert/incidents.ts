import { MonitorError } from '../errors';
import { objectOf, parseJson } from '../event/json';
import type { Ports } from '../ports';
import { taskIdentity } from '../record/identity';
import { shortHash } from '../record/notification';
import type { StateRecord } from '../record/schema';
import { type Incident, noIncident } from './decide/incident';
import { listAll } from './listing';

/** What is remembered of the tasks that failed; shared by all invocations of a function. */
export interface Incidents {
  /** Learns which incidents there are: one request for a thousand. */
  readonly refresh: (ports: Pick<Ports, 'objects'>) => Promise<void>;
  /** Keys of all that the last refresh found or an update wrote. */
  readonly keys: () => readonly string[];
  readonly keyOf: (record: StateRecord) => string;
  /** Whether a task has one at all; costs no request. */
  readonly has: (key: string) => boolean;
  /** The incident, from memory when it has not changed since; null when there is none. */
  readonly read: (key: string, ports: Pick<Ports, 'objects'>) => Promise<Incident | null>;
  /**
   * Changes an incident by a conditional write, again from what another wrote in between. `change` may be called more
   * than once; the incident it gets itself back for is not written.
   * @throws MonitorError `CONFLICT` when others were faster every time.
   */
  readonly update: <R>(key: string, change: Change<R>, ports: Pick<Ports, 'objects' | 'sleep'>) => Promise<R>;
}

/** What is to become of an incident, and what the caller wants to know of it. */
export type Change<R> = (before: Incident) => { readonly incident: Incident; readonly result: R };

interface Remembered {
  readonly incident: Incident;
  readonly etag: string;
}

/** Two invocations run at the same time; so many tries lose against each other only when something is wrong. */
const mostTries = 8;

/** Makes the memory; `prefix` is the key prefix of the incidents and ends in a slash. */
export function createIncidents(prefix: string): Incidents {
  const listed = new Map<string, string>();
  const remembered = new Map<string, Remembered>();

  async function refresh({ objects }: Pick<Ports, 'objects'>): Promise<void> {
    const found = await listAll(prefix, objects);
    listed.clear();
    for (const [key, etag] of found) listed.set(key, etag);
    for (const key of remembered.keys()) if (!listed.has(key)) remembered.delete(key);
  }

  async function fetch(key: string, { objects }: Pick<Ports, 'objects'>): Promise<Remembered | null> {
    const object = await objects.get(key);
    if (object === null) return null;
    const found = { incident: incidentIn(object.body), etag: object.etag };
    keep(key, found);
    return found;
  }

  function keep(key: string, found: Remembered): void {
    remembered.set(key, found);
    listed.set(key, found.etag);
  }

  /** From memory, when it has not changed since as far as this process knows. */
  function fresh(key: string): Remembered | null {
    const known = remembered.get(key);
    return known && known.etag === listed.get(key) ? known : null;
  }

  return {
    refresh,
    keys: () => [...listed.keys()],
    keyOf: (record) => `${prefix}${shortHash(taskIdentity(record))}.json`,
    has: (key) => listed.has(key),
    async read(key, ports) {
      const known = fresh(key);
      if (known) return known.incident;
      return listed.has(key) ? ((await fetch(key, ports))?.incident ?? null) : null;
    },
    async update(key, change, ports) {
      // S3 refuses to say of a key that is not there that it is not, so what was not listed is written without a look.
      let isThere = listed.has(key);
      for (let tries = 1; tries <= mostTries; tries++) {
        const known = tries === 1 ? fresh(key) : null;
        const before = known ?? (isThere ? await fetch(key, ports) : null);
        const { incident, result } = change(before?.incident ?? noIncident);
        if (incident === (before?.incident ?? noIncident)) return result;
        const body = JSON.stringify(incident);
        const etag = before
          ? await ports.objects.putIfMatch(key, body, before.etag)
          : await ports.objects.putIfAbsent(key, body);
        if (etag !== null) {
          keep(key, { incident, etag });
          return result;
        }
        isThere = true;
        await ports.sleep(50 * tries);
      }
      throw new MonitorError('CONFLICT', `Another invocation changed an incident ${mostTries} times in between`);
    },
  };
}

/** One that another version wrote keeps what both know; what a hand has broken is as if it had never been. */
function incidentIn(text: string): Incident {
  const fields = objectOf(parseJson(text)) ?? {};
  const known = Object.entries(noIncident).map(([name, none]) => {
    const value = fields[name];
    const isKind = none === null ? value !== undefined : kindOf(value) === kindOf(none);
    return [name, isKind ? value : none];
  });
  return Object.fromEntries(known) as unknown as Incident;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}
