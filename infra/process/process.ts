import { DataAwsEcrImage } from '@cdktf/provider-aws/lib/data-aws-ecr-image';
import { Construct } from 'constructs';
import type { Alert } from '../alert/alert';
import type { Capture } from '../capture/capture';
import type { Keyed } from '../key';
import type { Lake } from '../lake/lake';
import { prefixes } from '../names';
import type { Statement } from '../policy';
import { imageTag } from '../registry/image-tag';
import { ImageFunction } from './image-function';
import { Tick } from './tick';

interface ProcessProps {
  readonly capture: Capture;
  readonly lake: Lake;
  readonly alert: Alert;
}

/** Both functions, made from the one image that holds the code of this checkout, and what calls notify every minute. */
export class Process extends Construct {
  constructor(scope: Construct, id: string, installation: Keyed, { capture, lake, alert }: ProcessProps) {
    super(scope, id);
    const { names } = installation;
    const { imageUri } = new DataAwsEcrImage(this, 'image', { repositoryName: names.repository, imageTag: imageTag() });
    const shared = {
      BUCKET: lake.bucket.bucket,
      SETTINGS_KEY: alert.settingsKey,
      METRICS_NAMESPACE: names.metricsNamespace,
      LOG_LEVEL: 'INFO',
    };
    const below = (prefix: string) => `${lake.bucket.arn}/${prefix}*`;
    const readsSettings = { Action: 's3:GetObject', Resource: below(prefixes.settings) };
    new ImageFunction(this, 'persist', installation, {
      imageUri,
      queue: capture.persist.queue,
      environment: {
        ...shared,
        QUEUE_URL: capture.persist.queue.url,
        DELIVERY_STREAM: lake.stream.name,
        QUARANTINE_PREFIX: prefixes.quarantine,
      },
      may: [
        readsSettings,
        { Action: 's3:PutObject', Resource: below(prefixes.quarantine) },
        { Action: 'firehose:PutRecordBatch', Resource: lake.stream.arn },
        asksGlue(installation),
      ],
      // Who puts rows into the stream makes their data key, besides Firehose (Firehose guide, server-side encryption).
      data: ['read', 'write'],
    });
    const { made: notify } = new ImageFunction(this, 'notify', installation, {
      imageUri,
      queue: capture.notify.queue,
      environment: {
        ...shared,
        QUEUE_URL: capture.notify.queue.url,
        DELIVERY_STREAM: lake.stream.name,
        NOTIFICATION_PREFIX: prefixes.notifications,
        INCIDENT_PREFIX: prefixes.incidents,
        CAUSE_PREFIX: prefixes.causes,
        SILENCE_PREFIX: prefixes.silences,
        SECRET_ID: alert.secretArn,
      },
      may: [
        readsSettings,
        // The row of a failed attempt whose retry never came is written anew.
        { Action: 'firehose:PutRecordBatch', Resource: lake.stream.arn },
        { Action: 'secretsmanager:GetSecretValue', Resource: alert.secretArn },
        {
          Action: ['s3:GetObject', 's3:PutObject'],
          Resource: [prefixes.notifications, prefixes.incidents, prefixes.causes].map(below),
        },
        { Action: 's3:GetObject', Resource: below(prefixes.silences) },
        {
          Action: 's3:ListBucket',
          Resource: lake.bucket.arn,
          Condition: { StringLike: { 's3:prefix': [`${prefixes.incidents}*`, `${prefixes.silences}*`] } },
        },
        asksGlue(installation),
      ],
      data: ['read', 'write'],
    });
    new Tick(this, 'tick', { names, notify });
  }
}

/** How many times Glue tries a run, and what it says of one: of every job, because any may be one of the lake. */
function asksGlue({ account, partition, region }: Keyed): Statement {
  const jobs = `arn:${partition}:glue:${region}:${account}:job/*`;
  return { Action: ['glue:GetJobRun', 'glue:GetJob'], Resource: jobs };
}
