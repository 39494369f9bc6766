import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Access, allows } from '../../local/policy';

/** A policy of IAM, as a file holds it. */
interface Policy {
  readonly Statement: readonly { readonly Sid: string; readonly Action: string | readonly string[] }[];
}

const text = readFileSync(join(__dirname, '..', '..', 'docs', 'deployer-policy.json'), 'utf8');

/** What the role that deploys may do, as the guide gives it to users. */
export const deployerPolicy = JSON.parse(text) as Policy;

/** Whether the role that deploys may do something, in an account; `further` are other policies of the role. */
export function mayDeploy(access: Access, account: string, ...further: readonly unknown[]): boolean {
  return allows([JSON.parse(text.replaceAll(/\$\{aws:PrincipalAccount\}/g, account)), ...further], access);
}

/** The action of IAM by which Terraform makes a resource of each type that the stacks may hold. */
export const creates: Readonly<Record<string, string>> = {
  aws_athena_named_query: 'athena:CreateNamedQuery',
  aws_athena_workgroup: 'athena:CreateWorkGroup',
  aws_cloudwatch_dashboard: 'cloudwatch:PutDashboard',
  aws_cloudwatch_event_rule: 'events:PutRule',
  aws_cloudwatch_event_target: 'events:PutTargets',
  aws_cloudwatch_log_group: 'logs:CreateLogGroup',
  aws_cloudwatch_log_stream: 'logs:CreateLogStream',
  aws_cloudwatch_metric_alarm: 'cloudwatch:PutMetricAlarm',
  aws_ecr_lifecycle_policy: 'ecr:PutLifecyclePolicy',
  aws_ecr_repository: 'ecr:CreateRepository',
  aws_ecr_repository_policy: 'ecr:SetRepositoryPolicy',
  aws_glue_catalog_database: 'glue:CreateDatabase',
  aws_glue_catalog_table: 'glue:CreateTable',
  aws_iam_role: 'iam:CreateRole',
  aws_iam_role_policy: 'iam:PutRolePolicy',
  aws_kinesis_firehose_delivery_stream: 'firehose:CreateDeliveryStream',
  aws_kms_alias: 'kms:CreateAlias',
  aws_kms_key: 'kms:CreateKey',
  aws_lakeformation_permissions: 'lakeformation:GrantPermissions',
  aws_lambda_event_source_mapping: 'lambda:CreateEventSourceMapping',
  aws_lambda_function: 'lambda:CreateFunction',
  aws_lambda_function_event_invoke_config: 'lambda:PutFunctionEventInvokeConfig',
  aws_lambda_permission: 'lambda:AddPermission',
  aws_s3_bucket: 's3:CreateBucket',
  aws_s3_bucket_lifecycle_configuration: 's3:PutLifecycleConfiguration',
  aws_s3_bucket_ownership_controls: 's3:PutBucketOwnershipControls',
  aws_s3_bucket_policy: 's3:PutBucketPolicy',
  aws_s3_bucket_public_access_block: 's3:PutBucketPublicAccessBlock',
  aws_s3_bucket_server_side_encryption_configuration: 's3:PutEncryptionConfiguration',
  aws_s3_bucket_versioning: 's3:PutBucketVersioning',
  aws_s3_object: 's3:PutObject',
  aws_secretsmanager_secret: 'secretsmanager:CreateSecret',
  aws_sns_topic: 'sns:CreateTopic',
  aws_sns_topic_policy: 'sns:SetTopicAttributes',
  aws_sns_topic_subscription: 'sns:Subscribe',
  aws_sqs_queue: 'sqs:CreateQueue',
  aws_sqs_queue_policy: 'sqs:SetQueueAttributes',
  aws_sqs_queue_redrive_allow_policy: 'sqs:SetQueueAttributes',
};
