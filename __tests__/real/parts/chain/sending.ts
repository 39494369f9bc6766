import { objectOf, textOf } from '../../../../handler/event/json';
import type { Chain } from './chain';
import type { ChainSample } from './samples';

/** Sends events on the ways that they would come; returns the ids that the bus gave to those that went over it. */
export async function send(chain: Chain, samples: readonly ChainSample[]): Promise<ReadonlyMap<ChainSample, string>> {
  const told = samples.filter(({ way }) => way === 'bus');
  const ids = new Map<ChainSample, string>();
  for (let start = 0; start < told.length; start += 10) {
    const group = told.slice(start, start + 10);
    const { Entries } = await chain.call('eventbridge', 'PutEvents', {
      Entries: group.map(({ input }) => entry(input)),
    });
    for (const [at, { EventId = '' }] of ((Entries ?? []) as { EventId?: string }[]).entries()) {
      const sample = group[at];
      if (EventId === '' || sample === undefined) throw new Error(`The bus refused ${sample?.name}`);
      ids.set(sample, EventId);
    }
  }
  for (const { input } of samples.filter(({ way }) => way === 'topic')) await publish(chain, JSON.stringify(input));
  return ids;
}

/** Publishes a text to the topic, as a Lambda destination does. */
export async function publish({ call, topicArn }: Chain, Message: string): Promise<void> {
  await call('sns', 'Publish', { TopicArn: topicArn, Message });
}

function entry(input: unknown): object {
  const event = objectOf(input) ?? {};
  const resources = event['resources'];
  return {
    Source: textOf(event['source']),
    DetailType: textOf(event['detail-type']),
    Detail: JSON.stringify(event['detail']),
    Resources: Array.isArray(resources) ? resources : [],
  };
}
