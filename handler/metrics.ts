/** Every metric that the functions emit (EMF, dimension `service` = the function's name). */
export const metricNames = {
  EventsReceived: 'Events that the messages of a batch held',
  RowsDelivered: 'Rows that Firehose took',
  EventsQuarantined: 'Events that nobody recognised, written to quarantine with the reason',
  MessagesPostponed: 'Messages that went back to the queue to be tried again',
  AlertsPosted: 'Alerts, recoveries and reminders that Slack took',
  AlertsSuppressed: 'Alerts that repeat what was told within the cooldown; they are counted and kept in the ledger',
  AlertsFolded: 'Alerts that are told with their cause',
  AlertsSilenced: 'Alerts that a silence or a maintenance window keeps back',
  AlertsUnconfigured: 'Alerts that nobody was told because no webhook was put in yet',
  AlertsRetried: 'Alerts that were taken up again, because an earlier try could not send them or did not end',
  AlertsFailed: 'Alerts that Slack did not take; their messages went back to the queue',
  AlertLagSeconds: 'From the failure to the post, in seconds; one value for each alert that was posted',
  GlueUnanswered: 'Runs of Glue jobs that Glue could not be asked about',
  RowsCorrected: 'Rows of failed attempts that were written anew because the retry that they tell of never came',
  Ticks: 'Calls of the schedule that were done to their end',
  SettingsUnreadable: 'Invocations that ran on default settings because the settings object could not be read',
} as const;

/** The name of a metric. */
export type MetricName = keyof typeof metricNames;

/** The unit in which CloudWatch keeps a metric. */
export function unitOf(name: MetricName): 'Count' | 'Seconds' {
  return name === 'AlertLagSeconds' ? 'Seconds' : 'Count';
}

/** Counts what happens; implementations flush at the end of an invocation. */
export interface Metrics {
  readonly count: (name: MetricName, value: number) => void;
}
