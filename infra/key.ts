import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import type { Installation } from './config';
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

/** The installation with its key, which is made when `encryption` asks for one. */
export function withKey(scope: Construct, installation: Installation): Keyed {
  const own = installation.config.encryption === 'customer-managed';
  return { ...installation, keyArn: own ? new Key(scope, 'key', installation).arn : null };
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
    const keep = config.onDestroy === 'keep';
    const key = new KmsKey(this, 'key', {
      description: 'Everything that the monitoring of the data lake keeps',
      enableKeyRotation: true,
      // Whatever it protects is lost with it, so there is a month to think again.
      deletionWindowInDays: 30,
      policy: policyOf(keyPolicy(installation)),
      lifecycle: { preventDestroy: keep },
    });
    new KmsAlias(this, 'alias', { name: `alias/${names.key}`, targetKeyId: key.id });
    this.arn = key.arn;
  }
}

/** Resources are `*`: in a key's policy that is the key itself. The roles have their part in policies of their own. */
function keyPolicy({ account, names, partition, region }: Installation): readonly Statement[] {
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
      Principal: { Service: `logs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}` },
      Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      Resource: '*',
      Condition: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': logs } },
    },
  ];
}
