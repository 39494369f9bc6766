import { partitionOf } from './arn';

/** Console host of each partition ("AWS Management Console" endpoints, AWS General Reference). */
const hosts: ReadonlyMap<string, string> = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com'],
]);

/**
 * A page of the AWS console in a region of any partition; null when the region is unknown.
 * `page` is what follows the service's home, encoded already, such as `#/job/name`.
 */
export function consoleUrl(region: string, service: string, page: string): string | null {
  const host = hosts.get(partitionOf(region));
  return host === undefined || !/^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(region)
    ? null
    : `https://${region}.${host}/${service}/home?region=${region}${page}`;
}

/** Where in a log group to look: one stream, or the lines that hold a text. */
export type LogPlace = { readonly stream: string } | { readonly text: string };

/** The CloudWatch Logs page of a log group; null when the region is unknown. */
export function logsUrl(region: string, group: string, place: LogPlace): string | null {
  const events =
    'stream' in place
      ? `/log-events/${encodeTwice(place.stream)}`
      : `/log-events$3FfilterPattern$3D${encodeTwice(`"${place.text}"`)}`;
  return consoleUrl(region, 'cloudwatch', `#logsV2:log-groups/log-group/${encodeTwice(group)}${events}`);
}

/** CloudWatch's own escaping: percent-encoded twice (the second time only `%` is left to encode), with `$` for the outer percent sign. */
function encodeTwice(text: string): string {
  return /^[\w.-]*$/.test(text) ? text : encodeURIComponent(text).replaceAll('%', '$$25');
}
