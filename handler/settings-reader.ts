import type { EnvironmentOf, FunctionName } from './environment';
import { nameOf } from './errors';
import type { Log } from './log';
import type { Metrics } from './metrics';
import type { Ports } from './ports';
import { defaultSettings, parseSettings, type Settings } from './settings';

/** What reading the settings takes. */
interface Needs {
  readonly environment: Pick<EnvironmentOf<FunctionName>, 'SETTINGS_KEY'>;
  readonly ports: Pick<Ports, 'objects'>;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Makes a reader of the settings object. Its key names its content, so it is read once; as long as it cannot be read,
 * the defaults hold, because no row and no alert may wait for settings.
 */
export function createSettingsReader({ environment, ports, log, metrics }: Needs): () => Promise<Settings> {
  let known: Settings | null = null;
  return async () => {
    known ??= await readSettings(environment.SETTINGS_KEY, ports, log);
    if (known === null) {
      metrics.count('SettingsUnreadable', 1);
    }
    return known ?? defaultSettings;
  };
}

async function readSettings(key: string, ports: Pick<Ports, 'objects'>, log: Log): Promise<Settings | null> {
  try {
    const object = await ports.objects.get(key);
    const settings = object === null ? null : parseSettings(object.body);
    if (settings === null) {
      log.error(object === null ? 'The settings object is missing' : 'The settings object is not a JSON object', {
        key,
      });
    }
    return settings;
  } catch (error) {
    log.error('The settings object could not be read', { key, error: nameOf(error) });
    return null;
  }
}
