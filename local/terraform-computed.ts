import { objectOf } from '../handler/event/json';

/** Where the stack is to be deployed, as far as ARNs need it. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** What AWS makes of a resource's name; `read` gives its other attributes, an empty text where there is none. */
type Attribute = (name: string, place: Place, read: (path: string) => string) => string;

const arn = (service: string, prefix = ''): Attribute => {
  return (name, { partition, account, region }) => `arn:${partition}:${service}:${region}:${account}:${prefix}${name}`;
};
const ownName: Attribute = (name) => name;
const queueUrl: Attribute = (name, { account, region }) => `https://sqs.${region}.amazonaws.com/${account}/${name}`;
const secretArn: Attribute = (name, place, read) => `${arn('secretsmanager', 'secret:')(name, place, read)}-local1`;
const tableArn: Attribute = (name, place, read) => arn('glue', `table/${read('database_name')}/`)(name, place, read);
/** AWS gives a key a random id; here its description stands for it. */
const keyArn: Attribute = (name, place, read) => arn('kms', 'key/')(name.replace(/\W+/g, '-'), place, read);
const roleArn: Attribute = (name, { partition, account }, read) => {
  return `arn:${partition}:iam::${account}:role${read('path') || '/'}${name}`;
};

/** Per type: the attribute that names the resource, and what AWS makes of that name. */
export const computed: Readonly<
  Record<string, { readonly name: string; readonly attributes: Readonly<Record<string, Attribute>> }>
> = {
  aws_sqs_queue: { name: 'name', attributes: { arn: arn('sqs'), url: queueUrl, id: queueUrl } },
  aws_sns_topic: { name: 'name', attributes: { arn: arn('sns'), id: arn('sns') } },
  aws_lambda_function: { name: 'function_name', attributes: { arn: arn('lambda', 'function:'), id: ownName } },
  aws_kinesis_firehose_delivery_stream: {
    name: 'name',
    attributes: { arn: arn('firehose', 'deliverystream/'), id: arn('firehose', 'deliverystream/') },
  },
  aws_s3_bucket: {
    name: 'bucket',
    attributes: { arn: (name, { partition }) => `arn:${partition}:s3:::${name}`, id: ownName },
  },
  aws_s3_object: { name: 'key', attributes: { id: ownName } },
  aws_secretsmanager_secret: { name: 'name', attributes: { arn: secretArn, id: secretArn } },
  aws_kms_key: { name: 'description', attributes: { arn: keyArn, id: (name) => name.replace(/\W+/g, '-') } },
  aws_cloudwatch_event_rule: { name: 'name', attributes: { arn: arn('events', 'rule/') } },
  aws_cloudwatch_metric_alarm: { name: 'alarm_name', attributes: { arn: arn('cloudwatch', 'alarm:') } },
  aws_cloudwatch_event_bus: { name: 'name', attributes: { arn: arn('events', 'event-bus/'), id: ownName } },
  aws_cloudwatch_log_group: { name: 'name', attributes: { arn: arn('logs', 'log-group:') } },
  aws_glue_catalog_database: { name: 'name', attributes: { arn: arn('glue', 'database/') } },
  aws_glue_catalog_table: { name: 'name', attributes: { arn: tableArn } },
  aws_iam_role: { name: 'name', attributes: { arn: roleArn, id: ownName } },
  aws_athena_workgroup: { name: 'name', attributes: { id: ownName } },
};

/** By how regions begin; not that of `infra/names.ts`, or a fault there would not show. */
const partitions: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

/** The provider's region and allowed account; a documentation account where the Terraform names none. */
export function readPlace(json: unknown): Place {
  const providers = objectOf(objectOf(json)?.['provider'])?.['aws'];
  const provider = objectOf(Array.isArray(providers) ? providers[0] : providers) ?? {};
  const region = typeof provider['region'] === 'string' ? provider['region'] : 'eu-west-1';
  const accounts = provider['allowed_account_ids'];
  const account = Array.isArray(accounts) && typeof accounts[0] === 'string' ? accounts[0] : '123456789012';
  const [, partition = 'aws'] = partitions.find(([prefix]) => region.startsWith(prefix)) ?? [];
  return { partition, account, region };
}
