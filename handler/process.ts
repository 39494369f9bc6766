import type { SQSBatchResponse } from 'aws-lambda';
import type { EnvironmentOf, FunctionName } from './environment';
import type { Log } from './log';
import type { Metrics } from './metrics';
import type { Ports } from './ports';

/** All that a function needs of the world around it. */
export interface World<F extends FunctionName> {
  readonly environment: EnvironmentOf<F>;
  readonly ports: Ports;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** A function as Lambda calls it, with an SQS batch (or any other wrapping). */
export type Handler = (event: unknown) => Promise<SQSBatchResponse>;

/** Makes the function that keeps every event as a row, or in quarantine with the reason. */
export function createPersist(_world: World<'persist'>): Handler {
  throw new Error('not yet');
}

/** Makes the function that tells Slack about failures. */
export function createNotify(_world: World<'notify'>): Handler {
  throw new Error('not yet');
}
