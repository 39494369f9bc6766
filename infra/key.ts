import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import { ConfigurationError, type Installation } from './config';
import { logGroupsOf } from './names';
import { policyOf, type Statement } from './policy';

/** An installation with the ARN of the key behind all that it keeps; null leaves that to keys of AWS. */
export interface Keyed extends Installation {
  readonly keyArn: string | null;
}

/** What somebody does with data that the key protects: read it, write it. */
const uses = { read: 'kms:Decrypt', write: 'kms:GenerateDataKey' } as const;

/** A service that sends to what is encrypted asks for a data key, in any of its forms, and reads it again. */
const sends = ['kms:GenerateDataKey*', 'kms:Decrypt'] as const;

/** Where the name of CloudWatch Logs ends in the policy of a key, by partition; of the others we know of no source. */
const logsDomains: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-us-gov': 'amazonaws.com',
};

/**
 * The installation with its key, which is made when `encryption` asks for one.
 * @throws ConfigurationError where it cannot be said whom the key must let in.
 */
export function withKey(scope: Construct, installation: Installation): Keyed {
  const { encryption, onDestroy } = installation.config;
  if (encryption === 'customer-managed') return { ...installation, keyArn: new Key(scope, 'key', installation).arn };
  // No key, but a place where one may have been: a plan that would delete it, with all that it encrypted, is refused.
  if (onDestroy === 'keep') new KmsKey(scope, 'key', { count: 0, lifecycle: { preventDestroy: true } });
  return { ...installation, keyArn: null };
}

/** The argument by which a resource names the key; none where there is no key of ours. */
export function encryptedWith<Argument extends string>(
  { keyArn }: Pick<Keyed, 'keyArn'>,
  argument: Argument,
): Partial<Record<Argument, string>> {
  return keyArn === null ? {} : ({ [argument]: keyArn } as Record<Argument, string>);
}

/** Lets a role read or write what the key protects; no statement where there is no key of ours. */
export function mayUseKey({ keyArn }: Keyed, ...of: readonly (keyof typeof uses)[]): readonly Statement[] {
  return keyArn === null ? [] : [{ Action: of.map((use) => uses[use]), Resource: keyArn }];
}

/** The one key of an installation. Its policy is part of it, so that nothing can use it before the policy is there. */
class Key extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, installation: Installation) {
    super(scope, id);
    const { config, names } = installation;
    const key = new KmsKey(this, 'key', {
      description: 'Everything that the monitoring of the data lake keeps',
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyOf(keyPolicy(installation)),
      // By it the deployer's policy (docs/deploy.md) tells this key from others of the account.
      tags: { installation: names.key },
      lifecycle: { preventDestroy: config.onDestroy === 'keep' },
    });
    new KmsAlias(this, 'alias', { name: `alias/${names.key}`, targetKeyId: key.id });
    this.arn = key.arn;
  }
}

/** Resources are `*`: in a key's policy that is the key itself. The roles have their part in policies of their own. */
function keyPolicy(installation: Installation): readonly Statement[] {
  const { account, names, partition, region } = installation;
  const place = `${region}:${account}`;
  const topic = `arn:${partition}:sns:${place}:${names.topic}`;
  const logs = Object.values(logGroupsOf(names)).map((name) => `arn:${partition}:logs:${place}:log-group:${name}`);
  return [
    // Without it nobody could ever change the key; IAM policies of the account decide who may use it.
    { Sid: 'Account', Principal: { AWS: `arn:${partition}:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
    // No Condition: EventBridge meets none when it sends to an encrypted topic (SNS guide, managing encryption keys).
    { Sid: 'EventBridge', Principal: { Service: 'events.amazonaws.com' }, Action: sends, Resource: '*' },
    {
      // Its queues; who hears of alarms gets an e-mail.
      Sid: 'Sns',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: sends,
      Resource: '*',
      Condition: { ArnEquals: { 'aws:SourceArn': topic } },
    },
    {
      Sid: 'CloudWatch',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: sends,
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    },
    {
      Sid: 'CloudWatchLogs',
      Principal: { Service: `logs.${region}.${logsDomain(installation)}` },
      Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      Resource: '*',
      Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': logs } },
    },
  ];
}

function logsDomain({ partition, region }: Installation): string {
  const domain = logsDomains[partition];
  if (domain !== undefined) return domain;
  throw new ConfigurationError([
    `config.ts: encryption is "customer-managed"; in ${region} it must be "aws", because how a key lets CloudWatch Logs in is known for the partitions ${Object.keys(logsDomains).join(', ')} only, not for ${partition}`,
  ]);
}
