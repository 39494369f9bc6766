import { Construct } from 'constructs';
import type { Keyed } from '../key';
import { Destinations } from './destinations';
import { Feed } from './feed';
import { Rules } from './rules';
import { Topic } from './topic';

/** Everything before the functions: rules → topic → one queue per function. */
export class Capture extends Construct {
  readonly topicArn: string;
  readonly persist: Feed;
  readonly notify: Feed;

  constructor(scope: Construct, id: string, installation: Keyed) {
    super(scope, id);
    const topic = new Topic(this, 'topic', installation);
    new Rules(this, 'rules', installation, topic);
    new Destinations(this, 'destinations', installation, topic);
    this.persist = new Feed(this, 'persist', installation, topic.arn);
    this.notify = new Feed(this, 'notify', installation, topic.arn);
    this.topicArn = topic.arn;
  }
}
