import type { FunctionName } from '../../handler/environment';

/** How long one invocation may take, seconds. */
export const functionTimeoutSeconds = 60;

/** How a queue is read: messages per invocation, how long to wait for them, how many invocations at a time. */
interface Mapping {
  readonly batchSize: number;
  readonly windowSeconds: number;
  /** Null leaves the number to Lambda. */
  readonly maximumConcurrency: number | null;
}

/** Rows want large Firehose calls; alerts want to be soon, and Slack takes about one message a second. */
export const mappings: Readonly<Record<FunctionName, Mapping>> = {
  persist: { batchSize: 500, windowSeconds: 10, maximumConcurrency: null },
  notify: { batchSize: 1000, windowSeconds: 5, maximumConcurrency: 2 },
};
