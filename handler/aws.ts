import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createGluePorts } from './aws-glue';
import type { EnvironmentOf, FunctionName } from './environment';
import { MonitorError } from './errors';
import { post } from './http-post';
import type { Objects, Ports } from './ports';

/** What the ports need of the environment; a function that lacks the stream or the secret never calls their ports. */
type Needs = Pick<EnvironmentOf<FunctionName>, 'BUCKET' | 'QUEUE_URL'> & {
  DELIVERY_STREAM?: string;
  SECRET_ID?: string;
};

/** The secret is asked for again after this many seconds, so that a new webhook is used without a deployment. */
const secretAge = 300;

/**
 * A call of AWS that takes longer than this is given up, milliseconds: one that hangs must not use up the function's
 * time-out, which would bring back the whole batch. The SDK itself only warns.
 */
const requestHandler = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true } as const;

/** One more try after a moment; further ones are the queue's. `budgets` in deadline.ts count on it. */
const client = { requestHandler, maxAttempts: 2 } as const;

/** The ports on AWS: each is one call of an AWS service, or one HTTP request. */
export function createAwsPorts(environment: Needs): Ports {
  // Retries of Firehose are ours: only what failed is sent again.
  const firehose = new FirehoseClient({ requestHandler, maxAttempts: 1 });
  const sqs = new SQSClient(client);
  const secrets = new SecretsProvider({ awsSdkV3Client: new SecretsManagerClient(client) });
  return {
    async putRecordBatch(records) {
      const input = {
        DeliveryStreamName: environment.DELIVERY_STREAM,
        Records: records.map((it) => ({ Data: Buffer.from(it) })),
      };
      const { RequestResponses = [] } = await firehose.send(new PutRecordBatchCommand(input));
      return records.map((_, at) =>
        RequestResponses[at]?.RecordId ? null : (RequestResponses[at]?.ErrorCode ?? 'NoResponse'),
      );
    },
    objects: createObjects(environment.BUCKET),
    async readSecret({ fresh }) {
      const options = { maxAge: secretAge, forceFetch: fresh };
      const text = await secrets.get(environment.SECRET_ID ?? '', options).catch(throwCause);
      if (typeof text !== 'string') {
        throw new MonitorError('SECRET_UNUSABLE', 'The secret has no text value');
      }
      return text;
    },
    ...createGluePorts(client),
    post,
    async postpone(receiptHandle, seconds) {
      const input = { QueueUrl: environment.QUEUE_URL, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds };
      await sqs.send(new ChangeMessageVisibilityCommand(input));
    },
    now: () => new Date(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/** Powertools wraps the error of AWS, whose name says what is wrong: `AccessDeniedException`, `ResourceNotFoundException`. */
function throwCause(error: unknown): never {
  throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
}

function createObjects(bucket: string): Objects {
  const s3 = new S3Client(client);
  return {
    async get(key) {
      try {
        const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const body = await Body?.transformToString();
        return body === undefined ? null : { body, etag: ETag ?? '' };
      } catch (error) {
        if (error instanceof NoSuchKey) {
          return null;
        }
        throw error;
      }
    },
    putIfAbsent: (key, body) => put({ Key: key, Body: body, IfNoneMatch: '*' }),
    putIfMatch: (key, body, etag) => put({ Key: key, Body: body, IfMatch: etag }),
    async list(prefix, after) {
      const input = { Bucket: bucket, Prefix: prefix, ...(after === null ? {} : { StartAfter: after }) };
      const { Contents = [], IsTruncated = false } = await s3.send(new ListObjectsV2Command(input));
      const objects = Contents.map(({ Key = '', ETag = '' }) => ({ key: Key, etag: ETag }));
      return { objects, isTruncated: IsTruncated };
    },
  };

  /** Writes under a condition; null when it does not hold, or another write that was under way has changed that. */
  async function put(input: Omit<PutObjectCommandInput, 'Bucket'>): Promise<string | null> {
    try {
      const put = new PutObjectCommand({ ...input, Bucket: bucket, ContentType: 'application/json' });
      return (await s3.send(put)).ETag ?? '';
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      // 404: what should match is gone. 409: two conditional writes at the same time ("Conditional requests", S3 guide).
      if (status === 412 || status === 409 || (status === 404 && input.IfMatch !== undefined)) {
        return null;
      }
      throw error;
    }
  }
}
