import type { Deployment } from './deployment';

/**
 * What the Terraform does not forbid, and what loses or doubles events as soon as something else goes wrong: a missing
 * dead-letter queue, dead letters that come round again, a visibility that ends while a message is still worked on.
 */
export function findWeaknesses({ queues, rules, schedules, subscriptions, functions }: Deployment): readonly string[] {
  const nameOf = (arn: string) => queues.find((queue) => queue.arn === arn)?.name ?? arn;
  const read = queues.filter(({ mapping }) => mapping !== null);
  const without = [
    ...read.filter(({ deadLetterArn }) => deadLetterArn === null).map(({ name }) => `the queue ${name}`),
    ...subscriptions
      .filter(({ deadLetterArn }) => deadLetterArn === null)
      .map(({ queueArn }) => `the subscription of the queue ${nameOf(queueArn)}`),
    ...rules
      .filter(({ targets }) => targets.some(({ deadLetterArn }) => deadLetterArn === null))
      .map(({ name }) => `the target of the rule ${name}`),
  ];
  const circles = read.filter(({ deadLetterArn }) => read.some(({ arn }) => arn === deadLetterArn));
  return [
    ...without.map((what) => `${what} has no dead-letter queue`),
    ...circles.map(({ name, deadLetterArn }) => {
      return `the queue ${name} has no dead-letter queue of its own: a function reads ${nameOf(deadLetterArn ?? '')}`;
    }),
    ...schedules
      .filter(({ repeats }) => repeats > 0)
      .map(({ name, repeats }) => {
        return `a call of the rule ${name} that failed is repeated ${repeats} times, beside the calls that come anyway`;
      }),
    ...functions.flatMap(({ queueArn, timeoutMs }) => {
      const { name = '', mapping = null, visibilitySeconds = 0 } = queues.find(({ arn }) => arn === queueArn) ?? {};
      const right = 6 * (timeoutMs / 1_000) + (mapping?.windowSeconds ?? 0);
      return visibilitySeconds >= right
        ? []
        : [
            `the queue ${name} hides messages for ${visibilitySeconds} s; AWS asks for 6 time-outs and the window, ${right} s`,
          ];
    }),
  ];
}
