import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';
import type { EnvironmentOf, FunctionName } from '../../handler/environment';
import type { Installation } from '../config';
import type { Statement } from '../policy';
import { architecture } from '../registry/image-tag';
import { ServiceRole } from '../service-role';
import { functionTimeoutSeconds, mappings } from './mappings';

interface ImageFunctionProps<F extends FunctionName> {
  /** With the digest, so that a new image is a change that Terraform sees. */
  readonly imageUri: string;
  readonly queue: SqsQueue;
  /** Exactly what `handler/environment.ts` lists for this function. */
  readonly environment: EnvironmentOf<F>;
  /** What it may do besides reading its queue and writing its log. */
  readonly may: readonly Statement[];
}

/** One function of the image: its log, its role, and the queue that feeds it. */
export class ImageFunction<F extends FunctionName> extends Construct {
  constructor(scope: Construct, id: F, installation: Installation, props: ImageFunctionProps<F>) {
    super(scope, id);
    const functionName = installation.names.functions[id];
    const log = new CloudwatchLogGroup(this, 'log', {
      name: `/aws/lambda/${functionName}`,
      retentionInDays: installation.config.retention.logs,
    });
    const role = new ServiceRole(this, 'role', installation, {
      name: installation.names.role(id),
      service: 'lambda.amazonaws.com',
      may: [...readsQueue(props.queue), ...writesLog(log), ...props.may],
    });
    const made = new LambdaFunction(this, 'function', {
      functionName,
      packageType: 'Image',
      imageUri: props.imageUri,
      imageConfig: { command: [`index.${id}`] },
      architectures: [architecture],
      role: role.arn,
      timeout: functionTimeoutSeconds,
      memorySize: 512,
      environment: { variables: props.environment },
      dependsOn: [role.policy, log],
    });
    this.feed(props.queue, made, mappings[id]);
  }

  private feed(queue: SqsQueue, made: LambdaFunction, mapping: (typeof mappings)[FunctionName]): void {
    const { maximumConcurrency } = mapping;
    new LambdaEventSourceMapping(this, 'mapping', {
      eventSourceArn: queue.arn,
      functionName: made.arn,
      batchSize: mapping.batchSize,
      maximumBatchingWindowInSeconds: mapping.windowSeconds,
      functionResponseTypes: ['ReportBatchItemFailures'],
      ...(maximumConcurrency === null ? {} : { scalingConfig: { maximumConcurrency } }),
    });
  }
}

function readsQueue(queue: SqsQueue): readonly Statement[] {
  return [
    {
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      Resource: queue.arn,
    },
  ];
}

function writesLog(log: CloudwatchLogGroup): readonly Statement[] {
  return [{ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: `${log.arn}:*` }];
}
