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

/** The partition of a region: `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The ARN of a task that its event does not spell out; null when account or region are unknown. */
export function buildArn(service: string, place: { region: string; account: string }, resource: string): string | null {
  const { region, account } = place;
  return region === 'unknown' || account === 'unknown'
    ? null
    : `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}
