import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { Construct } from 'constructs';
import { encryptedWith, type Keyed } from '../key';
import { policyOf, tlsOnly } from '../policy';
import { skipChecks, withoutOwnKey } from '../skip-checks';

/** The topic into which all events come: those of our rules, and those of Lambda destinations. */
export class Topic extends Construct {
  readonly arn: string;
  /** Who publishes by a rule waits for it: EventBridge does not try again where it lacks permission. */
  readonly policy: SnsTopicPolicy;

  constructor(scope: Construct, id: string, installation: Keyed) {
    super(scope, id);
    const { account, keyArn, names, partition } = installation;
    const topic = new SnsTopic(this, 'topic', {
      name: names.topic,
      ...encryptedWith(installation, 'kmsMasterKeyId'),
    });
    skipChecks(
      topic,
      withoutOwnKey(
        keyArn,
        'CKV_AWS_26',
        'the key that AWS manages keeps EventBridge out, and events only pass through',
      ),
    );
    const { arn } = topic;
    this.policy = new SnsTopicPolicy(this, 'policy', {
      arn,
      policy: policyOf([
        // No Condition: EventBridge does not support one here (EventBridge user guide, resource-based policies).
        {
          Sid: 'EventBridge',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: arn,
        },
        {
          Sid: 'OwnAccount',
          Principal: { AWS: `arn:${partition}:iam::${account}:root` },
          Action: ['sns:Publish', 'sns:Subscribe', 'sns:GetTopicAttributes'],
          Resource: arn,
        },
        tlsOnly('sns:Publish', arn),
      ]),
    });
    skipChecks(this.policy, { CKV_AWS_385: 'The account that it names is the one that the topic is in' });
    this.arn = arn;
  }
}
