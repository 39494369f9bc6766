import type { TerraformResource } from 'cdktf';

/** Ids of checks of checkov, each with why this resource does without it. */
type Reasons = Readonly<Record<string, string>>;

/**
 * Says at a resource which checks of checkov it does without, and why. It stands in the Terraform as a comment, in the
 * form that checkov has for CloudFormation; `npm run test:security` compares it with what checkov finds.
 */
export function skipChecks(resource: TerraformResource, reasons: Reasons): void {
  const skip = Object.entries(reasons).map(([id, comment]) => ({ id, comment }));
  if (skip.length > 0) resource.addOverride('//.checkov', { skip });
}

/** The reason of a check that asks for a key of the account, which `encryption` leaves to AWS unless told otherwise. */
export function withoutOwnKey(keyArn: string | null, id: string, instead: string): Reasons {
  return keyArn === null ? { [id]: `encryption is "aws": ${instead}` } : {};
}
