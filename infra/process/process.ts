import { DataAwsEcrImage } from '@cdktf/provider-aws/lib/data-aws-ecr-image';
import { Construct } from 'constructs';
import type { Alert } from '../alert/alert';
import type { Capture } from '../capture/capture';
import type { Keyed } from '../key';
import type { Lake } from '../lake/lake';
import { prefixes } from '../names';
import { imageTag } from '../registry/image-tag';
import { ImageFunction } from './image-function';

interface ProcessProps {
  readonly capture: Capture;
  readonly lake: Lake;
  readonly alert: Alert;
}

/** Both functions, made from the one image that holds the code of this checkout. */
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
    const readsSettings = { Action: 's3:GetObject', Resource: `${lake.bucket.arn}/${prefixes.settings}*` };
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
        { Action: 's3:PutObject', Resource: `${lake.bucket.arn}/${prefixes.quarantine}*` },
        { Action: 'firehose:PutRecordBatch', Resource: lake.stream.arn },
      ],
      // Who puts rows into the stream makes their data key, besides Firehose (Firehose guide, server-side encryption).
      data: ['read', 'write'],
    });
    new ImageFunction(this, 'notify', installation, {
      imageUri,
      queue: capture.notify.queue,
      environment: {
        ...shared,
        QUEUE_URL: capture.notify.queue.url,
        NOTIFICATION_PREFIX: prefixes.notifications,
        INCIDENT_PREFIX: prefixes.incidents,
        CAUSE_PREFIX: prefixes.causes,
        SILENCE_PREFIX: prefixes.silences,
        SECRET_ID: alert.secretArn,
      },
      may: [readsSettings, { Action: 'secretsmanager:GetSecretValue', Resource: alert.secretArn }],
      data: ['read'],
    });
  }
}
