import { nameOf } from '../errors';
import type { Log } from '../log';
import type { Ports } from '../ports';
import { parseSilence, type Silence } from '../settings';
import { listAll } from './listing';

/** What reading silences takes. */
interface Means {
  readonly ports: Pick<Ports, 'objects'>;
  readonly log: Log;
}

/**
 * Makes a reader of the silences that `npm run silence` put into the bucket; each is read once. When they cannot be
 * read, nothing is silenced: too much noise is better than silence.
 */
export function createSilences(prefix: string): (means: Means) => Promise<readonly Silence[]> {
  const known = new Map<string, Silence | null>();
  return async ({ ports, log }) => {
    try {
      const silences: (Silence | null)[] = [];
      for (const [key, etag] of await listAll(prefix, ports.objects)) {
        const version = `${etag} ${key}`;
        if (!known.has(version)) known.set(version, parseSilence((await ports.objects.get(key))?.body ?? ''));
        silences.push(known.get(version) ?? null);
      }
      return silences.filter((it) => it !== null);
    } catch (error) {
      log.error('Silences could not be read, so nothing is silenced by them', { error: nameOf(error) });
      return [];
    }
  };
}
