import { MonitorError } from '../errors';
import { type Arn, readArn } from './arn';

/** An ARN among an event's resources, with its whole text. */
export interface Resource extends Arn {
  readonly text: string;
}

/**
 * The ARN of a service among an event's resources, for services that name their task nowhere else.
 * @throws MonitorError `EVENT_INCOMPLETE` when there is none.
 */
export function requireResource(resources: readonly string[], service: string): Resource {
  for (const text of resources) {
    const arn = readArn(text);
    if (arn?.service === service) {
      return { ...arn, text };
    }
  }
  throw new MonitorError('EVENT_INCOMPLETE', `resources hold no ARN of ${service}`);
}
