import type { FunctionDeclaration } from './deployment';
import type { Access } from './policy';
import { fault, type Resource, valueAt } from './terraform-json';
import type { Terraform } from './terraform-references';

/** The key that a resource names at a path; null where it names none. @throws Error for one that is not of this stack. */
export function keyAt(terraform: Terraform, resource: Resource | undefined, path: string): Resource | null {
  if (resource === undefined || valueAt(resource, path) === undefined) return null;
  const named = terraform.text(resource, path);
  const key = terraform.ofType('aws_kms_key').find((it) => terraform.arn(it) === named);
  if (key === undefined) {
    throw fault(resource, path, `is ${named}, which is no aws_kms_key of this stack, so nobody can say who may use it`);
  }
  return key;
}

/** The key of the objects that are put into a bucket. */
function keyOfBucket(terraform: Terraform, bucketName: string): Resource | null {
  const encryption = terraform
    .ofType('aws_s3_bucket_server_side_encryption_configuration')
    .find((it) => terraform.text(it, 'bucket') === bucketName);
  return keyAt(terraform, encryption, 'rule.apply_server_side_encryption_by_default.kms_master_key_id');
}

/**
 * What a function does with keys: it reads messages, settings, its secret and its own variables, it writes quarantine, and
 * it does both with the rows that it puts into the stream.
 */
export function keyAccessOf(
  terraform: Terraform,
  resource: Resource,
  declared: FunctionDeclaration,
): readonly Access[] {
  const { queueArn, variables } = declared;
  const { BUCKET, DELIVERY_STREAM, SECRET_ID } = variables;
  const named = (type: string, name: string | undefined) =>
    terraform.ofType(type).find((it) => name !== undefined && terraform.text(it, 'name') === name);
  const secret = terraform.ofType('aws_secretsmanager_secret').find((it) => terraform.arn(it) === SECRET_ID);
  const bucket = BUCKET === undefined ? null : keyOfBucket(terraform, BUCKET);
  const stream = keyAt(
    terraform,
    named('aws_kinesis_firehose_delivery_stream', DELIVERY_STREAM),
    'server_side_encryption.key_arn',
  );
  const read = [
    keyAt(terraform, resourceByArn(terraform, 'aws_sqs_queue', queueArn), 'kms_master_key_id'),
    keyAt(terraform, resource, 'kms_key_arn'),
    keyAt(terraform, secret ?? named('aws_secretsmanager_secret', SECRET_ID), 'kms_key_id'),
    bucket,
    stream,
  ];
  // Both write objects: one what nobody recognised, the other what it remembers.
  const write = [bucket, stream];
  return [...accesses(terraform, 'kms:Decrypt', read), ...accesses(terraform, 'kms:GenerateDataKey', write)];
}

/** What Firehose does with the key of the bucket that it writes to. */
export function keyAccessOfStream(terraform: Terraform, bucketName: string): readonly Access[] {
  const keys = [keyOfBucket(terraform, bucketName)];
  return ['kms:Decrypt', 'kms:GenerateDataKey'].flatMap((action) => accesses(terraform, action, keys));
}

/** The resource of a type that has an ARN. */
export function resourceByArn(terraform: Terraform, type: string, arn: string): Resource | undefined {
  return terraform.ofType(type).find((it) => terraform.arn(it) === arn);
}

function accesses(terraform: Terraform, action: string, keys: readonly (Resource | null)[]): readonly Access[] {
  return keys.flatMap((key) => (key === null ? [] : [{ action, resource: terraform.arn(key) }]));
}
