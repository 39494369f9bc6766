import { defaultSettings, type Settings } from '../../handler/settings';
import { alertOnOf } from '../capture/captured';
import type { Configuration } from '../config-check';
import { ownSettings } from '../own-sources';

/** What the running functions read of a configuration. */
export function settingsOf(config: Configuration): Settings {
  return {
    ...defaultSettings,
    alertOn: config.alertOn,
    alertOnOf: alertOnOf(config),
    ownSources: ownSettings(config.ownSources),
    keepPayloads: config.keepPayloads,
  };
}
