import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';
import type { EnvironmentOf, FunctionName } from '../../handler/environment';
import { encryptedWith, type Keyed, mayUseKey } from '../key';
import { createLogGroup } from '../log-group';
import type { Statement } from '../policy';
import { architecture } from '../registry/image-tag';
import { ServiceRole } from '../service-role';
import { skipChecks } from '../skip-checks';
import { functionTimeoutSeconds, mappings } from './mappings';

interface ImageFunctionProps<F extends FunctionName> {
  /** With the digest, so that a new image is a change that Terraform sees. */
  readonly imageUri: string;
  readonly queue: SqsQueue;
  /** Exactly what `handler/environment.ts` lists for this function. */
  readonly environment: EnvironmentOf<F>;
  /** What it may do besides reading its queue and writing its log. */
  readonly may: readonly Statement[];
  /** What it does with data that rests encrypted: queue, bucket, stream, secret, its own variables. */
  readonly data: readonly ('read' | 'write')[];
}

/** One function of the image: its log, its role, and the queue that feeds it. */
export class ImageFunction<F extends FunctionName> extends Construct {
  readonly made: LambdaFunction;

  constructor(scope: Construct, id: F, installation: Keyed, props: ImageFunctionProps<F>) {
    super(scope, id);
    const { names } = installation;
    const log = createLogGroup(this, id, installation);
    const role = new ServiceRole(this, 'role', installation, {
      name: names.role(id),
      service: 'lambda.amazonaws.com',
      may: [...readsQueue(props.queue), ...writesLog(log), ...props.may, ...mayUseKey(installation, ...props.data)],
    });
    this.made = new LambdaFunction(this, 'function', {
      functionName: names.functions[id],
      packageType: 'Image',
      imageUri: props.imageUri,
      imageConfig: { command: [`index.${id}`] },
      architectures: [architecture],
      role: role.arn,
      timeout: functionTimeoutSeconds,
      memorySize: 512,
      environment: { variables: props.environment },
      ...encryptedWith(installation, 'kmsKeyArn'),
      dependsOn: [role.policy, log],
    });
    skipChecks(this.made, {
      CKV_AWS_50: 'A trace would hold one call; the log has a line per batch, and the metrics count what became of it',
      CKV_AWS_116: 'Dead letters are those of the queue that calls it; a tick that is lost is made up for by the next',
      CKV_AWS_117:
        'It talks to AWS by TLS and to Slack on the internet; a VPC would add a NAT gateway and hide nothing',
      CKV_AWS_272: 'Lambda checks signatures of zip files only; here the digest names the image',
    });
    this.feed(props.queue, mappings[id]);
  }

  private feed(queue: SqsQueue, mapping: (typeof mappings)[FunctionName]): void {
    const { maximumConcurrency } = mapping;
    new LambdaEventSourceMapping(this, 'mapping', {
      eventSourceArn: queue.arn,
      functionName: this.made.arn,
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
