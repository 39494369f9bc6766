import { createHash } from 'node:crypto';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { Construct } from 'constructs';
import { encryptedWith, type Keyed } from '../key';
import type { Lake } from '../lake/lake';
import { prefixes } from '../names';
import { skipChecks, withoutOwnKey } from '../skip-checks';
import { verbatim } from '../verbatim';
import { settingsOf } from './settings';

/** What alerting needs: the secret for Slack's webhook, empty, and the settings that the running functions read. */
export class Alert extends Construct {
  readonly secretArn: string;
  /** Named by its content, so that a change reaches both functions in one apply, and never half. */
  readonly settingsKey: string;

  constructor(scope: Construct, id: string, installation: Keyed, { bucket }: Lake) {
    super(scope, id);
    const { config, keyArn, names } = installation;
    const keep = config.onDestroy === 'keep';
    const secret = new SecretsmanagerSecret(this, 'secret', {
      name: names.secret,
      description: 'JSON object: slack_webhook is the URL that alerts are posted to',
      recoveryWindowInDays: keep ? 30 : 0,
      ...encryptedWith(installation, 'kmsKeyId'),
      lifecycle: { preventDestroy: keep },
    });
    skipChecks(secret, {
      ...withoutOwnKey(keyArn, 'CKV_AWS_149', 'the key that AWS manages for Secrets Manager encrypts it'),
      CKV2_AWS_57: 'A webhook is made and revoked in Slack; AWS cannot rotate it',
    });
    const content = JSON.stringify(settingsOf(config));
    const settings = new S3Object(this, 'settings', {
      bucket: bucket.bucket,
      key: `${prefixes.settings}${createHash('sha256').update(content).digest('hex')}.json`,
      content: verbatim(content),
      contentType: 'application/json',
      ...encryptedWith(installation, 'kmsKeyId'),
      ...(keyArn === null ? {} : { bucketKeyEnabled: true }),
      // An object takes ten tags at most, so it goes without those of the installation.
      overrideProvider: { defaultTags: { tags: {} } },
      // The old settings stay until no function reads them any more.
      lifecycle: { createBeforeDestroy: true },
    });
    this.secretArn = secret.arn;
    this.settingsKey = settings.key;
  }
}
