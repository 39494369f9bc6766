import { objectOf } from '../handler/event/json';
import { fault, type Resource, valueAt } from './terraform-json';
import type { Terraform } from './terraform-references';

/** Where a queue's or a subscription's failures go; `maxReceiveCount` is null for a subscription. */
export interface Redrive {
  readonly deadLetterArn: string;
  readonly maxReceiveCount: number | null;
}

/**
 * Reads a `redrive_policy`, null where there is none.
 * @throws Error when it names no queue of this stack, or when a queue's does not say after how many receipts.
 */
export function readRedrive(terraform: Terraform, resource: Resource): Redrive | null {
  if (valueAt(resource, 'redrive_policy') === undefined) {
    return null;
  }
  const policy = objectOf(terraform.json(resource, 'redrive_policy')) ?? {};
  const queue = terraform.ofType('aws_sqs_queue').find((it) => terraform.arn(it) === policy['deadLetterTargetArn']);
  if (!queue) {
    throw fault(resource, 'redrive_policy', `names ${JSON.stringify(policy)}, but no queue of this stack`);
  }
  const count = policy['maxReceiveCount'];
  if (resource.type === 'aws_sqs_queue' && !(Number(count) >= 1)) {
    throw fault(
      resource,
      'redrive_policy',
      `must hold a maxReceiveCount of 1 or more, but has ${JSON.stringify(count)}`,
    );
  }
  return { deadLetterArn: terraform.arn(queue), maxReceiveCount: count === undefined ? null : Number(count) };
}
