/** The parts of an Amazon Resource Name, `arn:partition:service:region:account:resource`; empty parts are null. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string | null;
  readonly account: string | null;
  /** All after the account: `job/name`, `function:name:version`, `execution:machine:name` … */
  readonly resource: string;
}

/** Reads an ARN, or null when the value is none. Accounts are not validated: documentation prints odd ones. */
export function readArn(value: unknown): Arn | null {
  if (typeof value !== 'string' || !value.startsWith('arn:')) {
    return null;
  }
  const [, partition, service, region, account, ...resource] = value.split(':');
  return partition && service && resource.length > 0
    ? { partition, service, region: region || null, account: account || null, resource: resource.join(':') }
    : null;
}

/** The ARN of the task in the one of its execution, `…/execution/ID`; any other text as it is. */
export function beforeExecution(arn: string): string {
  const begin = arn.indexOf('/execution/');
  return begin === -1 ? arn : arn.slice(0, begin);
}

/** Regions of the partitions that we know ("AWS partitions", IAM user guide); the first that fits. */
const partitions: readonly (readonly [RegExp, string])[] = [
  [/^cn-[a-z]+-\d+$/, 'aws-cn'],
  [/^us-gov-[a-z]+-\d+$/, 'aws-us-gov'],
  [/^[a-z]{2}-[a-z]+-\d+$/, 'aws'],
];

/** The partition of a region: `aws`, `aws-cn` or `aws-us-gov`; null for one of another (`us-iso-east-1`), or for none. */
export function partitionOf(region: string): string | null {
  return partitions.find(([form]) => form.test(region))?.[1] ?? null;
}

/** A task whose event does not spell out its ARN. */
export interface Task {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All after the account, such as `job/name`. */
  readonly resource: string;
}

/** The ARN of a task; null when its account or the partition of its region are unknown. */
export function buildArn({ service, region, account, resource }: Task): string | null {
  const partition = partitionOf(region);
  return partition === null || account === 'unknown'
    ? null
    : `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
