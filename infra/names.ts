/** What every name is made of: one installation in one account and region. */
export interface NamedBy {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

/** The `name` whose resources keep the names that people know; any other is put in front of them. */
export const defaultName = 'datalake-monitoring';

/** Where things lie in the monitor's bucket; every prefix ends in a slash and none lies in another. */
export const prefixes = {
  rows: 'monitor/state/',
  notifications: 'monitor/notification/',
  incidents: 'incident/',
  causes: 'cause/',
  silences: 'silence/',
  quarantine: 'quarantine/',
  firehoseErrors: 'firehose-errors/',
  settings: 'settings/',
  athenaResults: 'athena-results/',
} as const;

/** The tables in the database of the installation: the rows, and what became of each alert. */
export const tableNames = { rows: 'state', notifications: 'notification' } as const;

/** The queues that feed the functions, by function. */
export const queueKeys = ['persist', 'notify'] as const;

/**
 * The queues in which a message can come to rest, each with who puts it there: EventBridge, SNS or a function's queue.
 * `npm run replay` empties them.
 */
export const deadLetterKeys = [
  'events-undelivered',
  'persist-undelivered',
  'notify-undelivered',
  'persist-dead-letters',
  'notify-dead-letters',
] as const;

/** One of {@link deadLetterKeys}. */
export type DeadLetterKey = (typeof deadLetterKeys)[number];

/** How many characters a source's name may have, so that its rule's name keeps room in EventBridge's 64. */
export const longestSourceName = 20;

/** The AWS partition of a region, as ARNs name it. */
export function partitionOf(region: string): string {
  const partitions: readonly (readonly [RegExp, string])[] = [
    [/^cn-/, 'aws-cn'],
    [/^us-gov-/, 'aws-us-gov'],
    [/^us-isob-/, 'aws-iso-b'],
    [/^us-isof-/, 'aws-iso-f'],
    [/^eu-isoe-/, 'aws-iso-e'],
    [/^us-iso-/, 'aws-iso'],
    [/^eusc-/, 'aws-eusc'],
  ];
  return partitions.find(([form]) => form.test(region))?.[1] ?? 'aws';
}

/** Every name of an installation; the same three inputs give the same names, in Terraform and in the replay. */
export type Names = ReturnType<typeof namesOf>;

/** Makes the names of an installation. What AWS does not allow, {@link longestName} and the configuration keep out. */
export function namesOf({ name, account, region }: NamedBy) {
  const own = name === defaultName ? '' : `${name}-`;
  const part = (suffix: string) => `${own}${defaultName}-${suffix}`;
  return {
    topic: `${own}dl-monitor-sns`,
    bucket: `${own}${account}-${region}-monitor`,
    database: `${own}monitor`.replaceAll('-', '_'),
    secret: `${own}${defaultName}`,
    functions: { persist: part('persist'), notify: part('notify') },
    queues: { persist: part('persist'), notify: part('notify') },
    deadLetterQueues: {
      'events-undelivered': part('events-undelivered'),
      'persist-undelivered': part('persist-undelivered'),
      'notify-undelivered': part('notify-undelivered'),
      'persist-dead-letters': part('persist-dead-letters'),
      'notify-dead-letters': part('notify-dead-letters'),
    } satisfies Record<DeadLetterKey, string>,
    deliveryStream: part('state'),
    repository: `${own}${defaultName}`,
    workgroup: `${own}${defaultName}`,
    dashboard: `${own}${defaultName}`,
    metricsNamespace: `${own}${defaultName}`,
    alarmTopic: part('alarms'),
    key: `${own}${defaultName}`,
    /** The rule of a source; `source` is the source's name. */
    rule: (source: string) => part(source.replaceAll('_', '-')),
    /** The rule that calls notify every minute; its underscore keeps it apart from the rule of any source. */
    tick: part('every_minute'),
    /** IAM is global, so a role carries the region. */
    role: (purpose: 'persist' | 'notify' | 'firehose') => part(`${purpose}-${region}`),
    alarm: (id: string) => part(id),
  };
}

/** The log groups of an installation, by who writes into them; AWS says where they begin. */
export function logGroupsOf({ deliveryStream, functions }: Names) {
  return {
    persist: `/aws/lambda/${functions.persist}`,
    notify: `/aws/lambda/${functions.notify}`,
    firehose: `/aws/kinesisfirehose/${deliveryStream}`,
  };
}

/** How many characters a `name` other than the default may have, by the narrowest limit of AWS on what it prefixes. */
export function longestName(account: string, region: string): number {
  const names = namesOf({ name: defaultName, account, region });
  const room: readonly (readonly [limit: number, longest: string])[] = [
    [63, names.bucket],
    [64, names.role('firehose')],
    [64, names.functions.persist],
    [64, names.rule('x'.repeat(longestSourceName))],
    [80, names.deadLetterQueues['persist-dead-letters']],
  ];
  return Math.min(...room.map(([limit, longest]) => limit - longest.length - 1));
}
