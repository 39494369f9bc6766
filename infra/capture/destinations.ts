import { DataAwsLambdaFunctions } from '@cdktf/provider-aws/lib/data-aws-lambda-functions';
import {
  LambdaFunctionEventInvokeConfig,
  type LambdaFunctionEventInvokeConfigConfig,
} from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config';
import { Construct } from 'constructs';
import { type Keyed, mayUseKey } from '../key';
import { logicalId } from '../logical-id';
import { policyOf } from '../policy';
import { isPlain } from './globs';
import type { Topic } from './topic';

/** What Lambda does where nothing is configured; said aloud, because Lambda tells it back and Terraform would see a change. */
const asByDefault = { maximumEventAgeInSeconds: 21_600, maximumRetryAttempts: 2 };

/**
 * Functions whose asynchronous invocations tell the topic how they ended: those that `config.ts` names, and those that its
 * globs find when Terraform plans. Lambda keeps one such configuration per function and one per alias, which are then ours.
 */
export class Destinations extends Construct {
  constructor(scope: Construct, id: string, installation: Keyed, topic: Topic) {
    super(scope, id);
    const { exact, globs } = destinationsIn(installation.config.lambdaDestinations);
    if (exact.length + globs.length === 0) return;
    const settings = {
      ...asByDefault,
      destinationConfig: { onSuccess: { destination: topic.arn }, onFailure: { destination: topic.arn } },
    };
    for (const name of exact) {
      const [functionName = name, qualifier] = name.split(':');
      new LambdaFunctionEventInvokeConfig(this, `of_${logicalId(name)}`, {
        functionName,
        ...(qualifier === undefined ? {} : { qualifier }),
        ...settings,
      });
    }
    if (globs.length > 0) this.createFound(installation, { exact, globs, settings });
  }

  private createFound({ names }: Keyed, { exact, globs, settings }: Found): void {
    const all = new DataAwsLambdaFunctions(this, 'functions');
    const expression = `^(${globs.map((glob) => glob.replace(/\*+/g, '.*')).join('|')})$`;
    // Our own functions are called by queues; what they told of themselves would come back to them.
    const others = JSON.stringify([...exact, ...Object.values(names.functions)]);
    const found = new LambdaFunctionEventInvokeConfig(this, 'found', {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform fills it in for each function
      functionName: '${each.key}',
      ...settings,
    });
    found.addOverride(
      'for_each',
      `\${toset([for name in data.${all.terraformResourceType}.${all.friendlyUniqueId}.function_names : name if can(regex("${expression}", name)) && !contains(${others}, name)])}`,
    );
  }
}

/** What the role of each function must be allowed before its destination is set, as a policy of IAM. */
export function policyForFunctions(installation: Keyed, topicArn: string): string {
  return policyOf([{ Action: 'sns:Publish', Resource: topicArn }, ...mayUseKey(installation, 'read', 'write')]);
}

interface Found {
  readonly exact: readonly string[];
  readonly globs: readonly string[];
  readonly settings: Omit<LambdaFunctionEventInvokeConfigConfig, 'functionName'>;
}

/** The names and the globs of a list, each once; a name that a glob finds, too, stays a name. */
export function destinationsIn(list: readonly string[]) {
  const all = [...new Set(list)];
  return { exact: all.filter(isPlain), globs: all.filter((it) => !isPlain(it)) };
}
