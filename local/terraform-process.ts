import { type FunctionName, functionNames, variables } from '../handler/environment';
import type { FunctionDeclaration, QueueDeclaration } from './deployment';
import type { Mapping } from './queue-types';
import { fault, numberAt, type Resource, refuseUnknown, valueAt } from './terraform-json';
import { readRedrive } from './terraform-redrive';
import type { Terraform } from './terraform-references';

/** What Lambda may read from a queue at most when no maximum is set: the account's usual limit of concurrent runs. */
const accountConcurrency = 1_000;

/** The queues, each with the mapping of the function that reads it. */
export function readQueues(terraform: Terraform): readonly QueueDeclaration[] {
  const mappings = terraform.ofType('aws_lambda_event_source_mapping');
  return terraform.ofType('aws_sqs_queue').map((resource) => {
    refuseUnknown(resource, ['fifo_queue', 'delay_seconds', 'name_prefix']);
    const arn = terraform.arn(resource);
    const readers = mappings.filter((mapping) => terraform.queueArn(mapping, 'event_source_arn') === arn);
    const [mapping, second] = readers;
    if (second) {
      throw fault(second, 'event_source_arn', 'names a queue that another function reads; events would be shared out');
    }
    const redrive = readRedrive(terraform, resource);
    return {
      name: terraform.text(resource, 'name'),
      arn,
      url: terraform.url(resource),
      visibilitySeconds: numberAt(resource, 'visibility_timeout_seconds', 30),
      maximumBytes: numberAt(resource, 'max_message_size', 262_144),
      retentionSeconds: numberAt(resource, 'message_retention_seconds', 345_600),
      maxReceiveCount: redrive?.maxReceiveCount ?? null,
      deadLetterArn: redrive?.deadLetterArn ?? null,
      mapping: mapping ? readMapping(mapping) : null,
    };
  });
}

function readMapping(resource: Resource): Mapping {
  refuseUnknown(resource, ['filter_criteria']);
  const batchSize = numberAt(resource, 'batch_size', 10);
  const windowSeconds = numberAt(resource, 'maximum_batching_window_in_seconds', 0);
  if (batchSize > 10 && windowSeconds < 1) {
    throw fault(
      resource,
      'maximum_batching_window_in_seconds',
      'must be 1 or more for batches of more than 10 messages',
    );
  }
  const responses = valueAt(resource, 'function_response_types');
  if (!Array.isArray(responses) || !responses.includes('ReportBatchItemFailures')) {
    throw fault(
      resource,
      'function_response_types',
      'must hold "ReportBatchItemFailures": the functions answer that way',
    );
  }
  if (valueAt(resource, 'enabled') === false) {
    throw fault(resource, 'enabled', 'is false, so nothing reads the queue');
  }
  const maximumConcurrency = numberAt(resource, 'scaling_config.maximum_concurrency', accountConcurrency);
  if (maximumConcurrency < 2) {
    throw fault(resource, 'scaling_config.maximum_concurrency', `must be at least 2, but is ${maximumConcurrency}`);
  }
  return { batchSize, windowSeconds, maximumConcurrency };
}

/** The functions of the image. @throws Error for one that nothing feeds, or whose variables are not what it reads. */
export function readFunctions(
  terraform: Terraform,
  queues: readonly QueueDeclaration[],
): readonly FunctionDeclaration[] {
  return terraform.ofType('aws_lambda_function').map((resource) => {
    const entry = readEntry(resource);
    const queue = queues.find((it) => it.arn === queueArnOf(terraform, resource));
    if (!queue) {
      throw fault(
        resource,
        'mapping',
        'is missing: no aws_lambda_event_source_mapping feeds this function from a queue',
      );
    }
    const timeoutSeconds = numberAt(resource, 'timeout', 3);
    if (queue.visibilitySeconds < timeoutSeconds) {
      throw fault(resource, 'timeout', `of ${timeoutSeconds} s is longer than the visibility of ${queue.name}`);
    }
    if (numberAt(resource, 'reserved_concurrent_executions', -1) === 0) {
      throw fault(resource, 'reserved_concurrent_executions', 'is 0, so the function never runs');
    }
    const environment = terraform.texts(resource, 'environment.variables');
    refuseMissingVariables(resource, entry, environment);
    const name = terraform.text(resource, 'function_name');
    return { name, entry, timeoutMs: timeoutSeconds * 1_000, variables: environment, queueArn: queue.arn };
  });
}

function queueArnOf(terraform: Terraform, functionResource: Resource): string | null {
  const names = [terraform.arn(functionResource), terraform.text(functionResource, 'function_name')];
  const mappings = terraform.ofType('aws_lambda_event_source_mapping');
  const mapping = mappings.find((it) => names.includes(terraform.text(it, 'function_name')));
  return mapping ? terraform.queueArn(mapping, 'event_source_arn') : null;
}

function readEntry(resource: Resource): FunctionName {
  const command = valueAt(resource, 'image_config.command');
  const entry = functionNames.find((name) => Array.isArray(command) && command[0] === `index.${name}`);
  if (!entry) {
    const known = functionNames.map((name) => `["index.${name}"]`).join(', ');
    throw fault(resource, 'image_config.command', `must be one of ${known}, but is ${JSON.stringify(command)}`);
  }
  return entry;
}

function refuseMissingVariables(
  resource: Resource,
  entry: FunctionName,
  given: Readonly<Record<string, string>>,
): void {
  const own = Object.entries(variables).filter(([, variable]) =>
    (variable.functions as readonly string[]).includes(entry),
  );
  const names = own.map(([name]) => name);
  const missing = names.find((name) => !given[name]);
  if (missing) {
    throw fault(resource, `environment.variables.${missing}`, `is missing; ${entry} reads ${names.join(', ')}`);
  }
}
