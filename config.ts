import { defineConfig } from './infra/config';

/** Your installation. Every key, with its default, is in docs/configuration.md; what is left out keeps the default. */
export default defineConfig({
  /** Who hears when the monitor itself is unwell: e-mail addresses, or "none". */
  alarms: 'none',

  /** Sources to switch off, for example { glue_crawler: false }. */
  sources: {},

  /** Tags of every resource. */
  tags: {},
});
