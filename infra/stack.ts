import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { Alert } from './alert/alert';
import { BaseStack } from './base-stack';
import { Capture } from './capture/capture';
import { policyForFunctions } from './capture/destinations';
import type { Installation } from './config';
import { withKey } from './key';
import { Lake } from './lake/lake';
import { Process } from './process/process';
import { Watch } from './watch/watch';

/** The pipeline, in the order in which an event goes through it. */
export class MonitoringStack extends BaseStack {
  constructor(scope: Construct, id: 'monitoring', made: Installation) {
    super(scope, id, made);
    const installation = withKey(this, made);
    const capture = new Capture(this, 'capture', installation);
    const lake = new Lake(this, 'lake', installation);
    const alert = new Alert(this, 'alert', installation, lake);
    new Process(this, 'process', installation, { capture, lake, alert });
    new Watch(this, 'watch', installation);

    new TerraformOutput(this, 'topic_arn', { value: capture.topicArn, description: 'For Lambda destinations' });
    new TerraformOutput(this, 'policy_for_functions', {
      value: policyForFunctions(installation, capture.topicArn),
      description: 'What the role of a function whose destination is the topic must be allowed',
    });
    new TerraformOutput(this, 'bucket_name', { value: lake.bucket.bucket });
    new TerraformOutput(this, 'secret_arn', { value: alert.secretArn, description: "For Slack's webhook" });
  }
}
