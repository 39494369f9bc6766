import { defineConfig } from './infra/config';

/** Your installation. Every key, with its default, is in docs/configuration.md; what is left out keeps the default. */
export default defineConfig({
  /** Who hears when the monitor itself is unwell: e-mail addresses, or "none". */
  alarms: 'none',

  /** Sources to switch off, for example { glue_crawler: false }. */
  sources: {},

  /** Who is told of what, for example [{ match: { name: 'orders-*' }, channel: 'orders' }]; see docs/alerts.md. */
  routes: [],

  /** Tags of every resource. */
  tags: {},
});
