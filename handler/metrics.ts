/** Every metric that the functions emit (EMF, dimension `service` = the function's name), its CloudWatch unit is Count. */
export const metricNames = {
  EventsReceived: 'Events that the messages of a batch held',
  RowsDelivered: 'Rows that Firehose took',
  EventsQuarantined: 'Events that nobody recognised, written to quarantine with the reason',
  MessagesPostponed: 'Messages that went back to the queue to be tried again',
  AlertsPosted: 'Alerts that Slack took',
  AlertsFailed: 'Alerts that Slack did not take; their messages went back to the queue',
  SettingsUnreadable: 'Invocations that ran on default settings because the settings object could not be read',
} as const;

/** The name of a metric. */
export type MetricName = keyof typeof metricNames;

/** Counts what happens; implementations flush at the end of an invocation. */
export interface Metrics {
  readonly count: (name: MetricName, value: number) => void;
}
