import { MonitorError } from './errors';

/** The functions that the one image holds; each is exported under this name by `handler/index.ts`. */
export const functionNames = ['persist', 'notify'] as const;

/** One of {@link functionNames}. */
export type FunctionName = (typeof functionNames)[number];

/** Every environment variable of the functions: who reads it, and what it means. */
export const variables = {
  BUCKET: { functions: ['persist', 'notify'], meaning: "Name of the monitor's bucket" },
  SETTINGS_KEY: { functions: ['persist', 'notify'], meaning: 'Key of the settings object in the bucket' },
  QUEUE_URL: { functions: ['persist', 'notify'], meaning: 'URL of the queue that feeds the function' },
  DELIVERY_STREAM: { functions: ['persist', 'notify'], meaning: 'Name of the Firehose stream that writes the rows' },
  QUARANTINE_PREFIX: { functions: ['persist'], meaning: 'Key prefix of quarantined events, ends in a slash' },
  NOTIFICATION_PREFIX: { functions: ['notify'], meaning: 'Key prefix of the ledger of notifications, ends in a slash' },
  INCIDENT_PREFIX: {
    functions: ['notify'],
    meaning: 'Key prefix of what is remembered of failed tasks, ends in a slash',
  },
  CAUSE_PREFIX: { functions: ['notify'], meaning: 'Key prefix of the causes that alerts share, ends in a slash' },
  SILENCE_PREFIX: { functions: ['notify'], meaning: 'Key prefix of silences that are put in by hand, ends in a slash' },
  SECRET_ID: { functions: ['notify'], meaning: "Name or ARN of the secret that holds Slack's webhook" },
  METRICS_NAMESPACE: { functions: ['persist', 'notify'], meaning: 'CloudWatch namespace of the metrics' },
  LOG_LEVEL: { functions: ['persist', 'notify'], meaning: 'INFO, WARN or ERROR' },
} as const satisfies Record<string, { functions: readonly FunctionName[]; meaning: string }>;

type Variables = typeof variables;

/** The variables that a function reads. Infrastructure must supply exactly these. */
export type EnvironmentOf<F extends FunctionName> = {
  readonly [V in keyof Variables as F extends Variables[V]['functions'][number] ? V : never]: string;
};

/**
 * Reads a function's variables.
 * @throws MonitorError `ENVIRONMENT_INCOMPLETE`, naming every variable that is missing or empty.
 */
export function readEnvironment<F extends FunctionName>(
  functionName: F,
  source: Readonly<Record<string, string | undefined>> = process.env,
): EnvironmentOf<F> {
  const wanted = Object.entries(variables).filter(([, variable]) =>
    (variable.functions as readonly FunctionName[]).includes(functionName),
  );
  const missing = wanted.filter(([name]) => !source[name]);
  if (missing.length > 0) {
    const list = missing.map(([name, { meaning }]) => `${name} (${meaning})`).join(', ');
    throw new MonitorError('ENVIRONMENT_INCOMPLETE', `${functionName} lacks environment variables: ${list}`);
  }
  return Object.fromEntries(wanted.map(([name]) => [name, source[name]])) as EnvironmentOf<F>;
}
