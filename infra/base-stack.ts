import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { CloudBackend, NamedCloudWorkspace, TerraformElement, TerraformStack } from 'cdktf';
import type { Construct, Node } from 'constructs';
import type { Installation } from './config';

/** The stacks, by the names under which they are deployed. */
export type StackName = 'registry' | 'monitoring';

/** What both stacks share: one provider bound to the right account, the backend, and readable addresses. */
export class BaseStack extends TerraformStack {
  constructor(scope: Construct, name: StackName, { config, account, region }: Installation) {
    super(scope, name);
    new AwsProvider(this, 'aws', { region, allowedAccountIds: [account], defaultTags: [{ tags: config.tags }] });
    const cloud = config.terraformCloud;
    if (cloud === undefined) return;
    const { workspaces, project, ...where } = cloud;
    new CloudBackend(this, { ...where, workspaces: new NamedCloudWorkspace(workspaces[name], project) });
  }

  /**
   * `aws_sqs_queue.capture_persist_queue`: the path in the tree of constructs, a repeated part once, without the hash
   * that CDKTF puts behind it.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const parts = node.path.split('/').slice(1);
    return parts.filter((part, index) => part !== parts[index - 1]).join('_');
  }
}
