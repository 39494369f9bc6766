import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import type { Installation } from '../config';
import type { Keyed } from '../key';
import { prefixes } from '../names';
import { policyOf, tlsOnly } from '../policy';
import { skipChecks, withoutOwnKey } from '../skip-checks';

/** How long what was deleted or overwritten can still be brought back, days. */
const undoDays = 30;

/**
 * Days without a change after which what alerting remembers is forgotten. A task whose incident stays open for so long
 * without failing again is told as new when it does. Runs of one cause fail within days of each other. A silence is
 * written once, and ends within a week of that; for the rest of the time it can be looked up.
 */
const memoryDays = { incidents: 90, causes: 7, silences: 30 } as const;

/** The one bucket: rows, what became of each alert, quarantine, what Firehose refused, settings, and Athena's results. */
export class Bucket extends Construct {
  readonly bucket: S3Bucket;

  constructor(scope: Construct, id: string, { config, keyArn, names }: Keyed) {
    super(scope, id);
    const keep = config.onDestroy === 'keep';
    this.bucket = new S3Bucket(this, 'bucket', {
      bucket: names.bucket,
      forceDestroy: !keep,
      lifecycle: { preventDestroy: keep },
    });
    skipChecks(this.bucket, {
      ...withoutOwnKey(keyArn, 'CKV_AWS_145', 'S3 encrypts every object with keys of its own'),
      CKV_AWS_18: 'Who read what is told by data events of CloudTrail, where an account wants to know it',
      CKV_AWS_144:
        'Rows tell of one region; versions guard against slips, and a copy elsewhere is for its owner to decide',
      CKV2_AWS_62: 'Nobody waits for new objects: Athena works out the partitions by itself',
    });
    this.protect(this.bucket.id);
    this.encrypt(this.bucket.id, keyArn);
    this.expire(this.bucket.id, config.retention);
  }

  private protect(bucket: string): void {
    const publicAccess = new S3BucketPublicAccessBlock(this, 'public_access', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketPolicy(this, 'policy', {
      bucket,
      policy: policyOf([tlsOnly('s3:*', [this.bucket.arn, `${this.bucket.arn}/*`])]),
      dependsOn: [publicAccess],
    });
    new S3BucketOwnershipControls(this, 'ownership', { bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } });
  }

  private encrypt(bucket: string, keyArn: string | null): void {
    // The bucket key asks KMS once in a while instead of once per object.
    const byKey = (kmsMasterKeyId: string) => ({
      bucketKeyEnabled: true,
      applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      rule: [keyArn === null ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } } : byKey(keyArn)],
    });
  }

  private expire(bucket: string, retention: Installation['config']['retention']): void {
    // Nearly all objects are written once or twice, so versions cost little, and a hand that slips loses nothing.
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket,
      rule: [
        expiry('rows', prefixes.rows, retention.rows),
        expiry('notifications', prefixes.notifications, retention.rows),
        // An incident is written at every failure of its task: what it was yesterday helps nobody.
        {
          ...expiry('incidents', prefixes.incidents, memoryDays.incidents),
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
        },
        expiry('causes', prefixes.causes, memoryDays.causes),
        expiry('silences', prefixes.silences, memoryDays.silences),
        expiry('quarantine', prefixes.quarantine, retention.quarantine),
        expiry('firehose-errors', prefixes.firehoseErrors, retention.firehoseErrors),
        expiry('athena-results', prefixes.athenaResults, retention.athenaResults),
        {
          id: 'leftovers',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          noncurrentVersionExpiration: [{ noncurrentDays: undoDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
      ],
      dependsOn: [versioning],
    });
  }
}

function expiry(id: string, prefix: string, days: number) {
  return { id, status: 'Enabled', filter: [{ prefix }], expiration: [{ days }] };
}
