import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Construct } from 'constructs';
import { encryptedWith, type Keyed } from './key';
import { logGroupsOf } from './names';
import { skipChecks, withoutOwnKey } from './skip-checks';

/** A log group, kept as long as the configuration says. */
export function createLogGroup(
  scope: Construct,
  of: keyof ReturnType<typeof logGroupsOf>,
  installation: Keyed,
): CloudwatchLogGroup {
  const { config, keyArn, names } = installation;
  const log = new CloudwatchLogGroup(scope, 'log', {
    name: logGroupsOf(names)[of],
    retentionInDays: config.retention.logs,
    ...encryptedWith(installation, 'kmsKeyId'),
  });
  skipChecks(log, {
    ...withoutOwnKey(keyArn, 'CKV_AWS_158', 'CloudWatch encrypts every log group with keys of its own'),
    CKV_AWS_338:
      '`retention.logs` decides: logs help to mend a fault of these weeks, the rows are what is kept for years',
  });
  return log;
}
