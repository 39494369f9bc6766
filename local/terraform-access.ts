import type { Deployment, FunctionDeclaration } from './deployment';
import type { Access } from './policy';
import type { Terraform } from './terraform-references';

/** What a function's code does with what its variables name. */
export function accessOf(
  terraform: Terraform,
  declared: FunctionDeclaration,
  { streams }: Pick<Deployment, 'streams'>,
): readonly Access[] {
  const { entry, variables, queueArn } = declared;
  const queue = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'];
  const objects = objectsOf(terraform, variables);
  const shared = [
    ...queue.map((action) => ({ action, resource: queueArn })),
    objects.get(variables['SETTINGS_KEY']),
    ...askGlue(queueArn),
  ];
  const stream = streams.find(({ name }) => name === variables['DELIVERY_STREAM']);
  const putRows = { action: 'firehose:PutRecordBatch', resource: stream?.arn ?? '' };
  if (entry === 'notify') {
    const secret = terraform.ofType('aws_secretsmanager_secret').find((it) => {
      return [terraform.arn(it), terraform.text(it, 'name')].includes(variables['SECRET_ID'] ?? '');
    });
    const readSecret = { action: 'secretsmanager:GetSecretValue', resource: secret ? terraform.arn(secret) : '' };
    return [...shared, putRows, readSecret, ...remember(objects, variables)];
  }
  return [...shared, objects.put(`${variables['QUARANTINE_PREFIX']}x`), putRows];
}

interface ObjectAccess {
  readonly get: (key: string | undefined) => Access;
  readonly put: (key: string) => Access;
  readonly list: (prefix: string) => Access;
}

function objectsOf(terraform: Terraform, variables: FunctionDeclaration['variables']): ObjectAccess {
  const bucket = terraform.ofType('aws_s3_bucket').find((it) => terraform.text(it, 'bucket') === variables['BUCKET']);
  const arn = bucket ? terraform.arn(bucket) : '';
  return {
    get: (key) => ({ action: 's3:GetObject', resource: `${arn}/${key}` }),
    put: (key) => ({ action: 's3:PutObject', resource: `${arn}/${key}` }),
    list: (prefix) => ({ action: 's3:ListBucket', resource: arn, context: { 's3:prefix': prefix } }),
  };
}

/**
 * What notify keeps between its calls. An incident may expire between its listing and its reading; who may not list
 * its key is then told `AccessDenied` instead of `NoSuchKey`, and S3 takes the whole key for the prefix there.
 */
function remember({ get, put, list }: ObjectAccess, variables: FunctionDeclaration['variables']): readonly Access[] {
  const { NOTIFICATION_PREFIX, INCIDENT_PREFIX, CAUSE_PREFIX, SILENCE_PREFIX } = variables;
  const written = [NOTIFICATION_PREFIX, INCIDENT_PREFIX, CAUSE_PREFIX];
  return [
    ...written.flatMap((prefix) => [get(`${prefix}x`), put(`${prefix}x`)]),
    get(`${SILENCE_PREFIX}x`),
    list(`${INCIDENT_PREFIX}`),
    list(`${INCIDENT_PREFIX}x`),
    list(`${SILENCE_PREFIX}`),
  ];
}

/** Both functions ask Glue about the runs of its jobs; `arn` is any of the account and region. */
function askGlue(arn: string): readonly Access[] {
  const [, partition, , region, account] = arn.split(':');
  const job = `arn:${partition}:glue:${region}:${account}:job/x`;
  return ['glue:GetJobRun', 'glue:GetJob'].map((action) => ({ action, resource: job }));
}
