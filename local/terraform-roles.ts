import { type Access, allows, denialsFor } from './policy';
import { fault, type Resource } from './terraform-json';
import type { Terraform } from './terraform-references';

/** What a resource needs of the role that it names. */
export interface NeedOfRole {
  readonly resource: Resource;
  /** Where the resource names its role. */
  readonly path: string;
  readonly accesses: readonly Access[];
  /** Who takes the role. */
  readonly service: string;
}

/**
 * Checks that a service may take the role that a resource names, and that the role may do what it has to.
 * @throws Error naming the resource, the role and what is missing, or which bucket policy denies it.
 */
export function needOfRole(terraform: Terraform, { resource, path, accesses, service }: NeedOfRole): void {
  const roleArn = terraform.text(resource, path);
  const role = terraform.ofType('aws_iam_role').find((it) => terraform.arn(it) === roleArn);
  if (!role) {
    throw fault(resource, path, `is ${roleArn}, which is no role of this stack`);
  }
  const name = terraform.text(role, 'name');
  const trust = { action: 'sts:AssumeRole', service, sourceArn: terraform.arn(resource) };
  if (!allows([terraform.json(role, 'assume_role_policy')], trust)) {
    throw fault(role, 'assume_role_policy', `must allow ${service} sts:AssumeRole`);
  }
  const policies = terraform.ofType('aws_iam_role_policy').filter((policy) => terraform.text(policy, 'role') === name);
  const documents = policies.map((policy) => terraform.json(policy, 'policy'));
  const denials = terraform
    .ofType('aws_s3_bucket_policy')
    .map((policy) => denialsFor(terraform.json(policy, 'policy'), roleArn));
  const missing = accesses.find((access) => !allows([...documents, ...denials], access));
  if (missing) {
    const what = whatOf(missing);
    if (allows(documents, missing)) {
      throw fault(resource, path, `${name} is denied ${what} by an aws_s3_bucket_policy`);
    }
    const names = policies.map(({ address }) => address).join(', ') || 'it has none';
    throw fault(resource, path, `${name} must allow ${what} (policies: ${names})`);
  }
}

function whatOf({ action, resource, context }: Access): string {
  const prefix = context?.['s3:prefix'];
  return `${action} on ${resource}${prefix === undefined ? '' : ` for ${prefix}`}`;
}
