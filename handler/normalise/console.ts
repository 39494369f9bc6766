import { partitionOf } from './arn';

/** Console host of each partition ("AWS Management Console" endpoints, AWS General Reference). */
const hosts: ReadonlyMap<string, string> = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com'],
]);

/**
 * A page of the AWS console; null when the region is unknown, or of a partition whose console we do not know.
 * `page` is the service and what follows its home, encoded already, such as `gluestudio#/job/name`.
 */
export function consoleUrl(region: string, page: string): string | null {
  const host = hosts.get(partitionOf(region) ?? '');
  return host === undefined ? null : `https://${region}.${host}/${page.replace('#', `/home?region=${region}#`)}`;
}

/** A page that an event names, or null: Slack links what stands here, so nothing but a page may. */
export function linkOf(value: unknown): string | null {
  return typeof value === 'string' && /^https?:\/\//.test(value) ? value : null;
}

/** Where in the logs to look: one stream of a group, all whose names begin alike, or the group's lines that hold a text. */
export type LogPlace = { readonly region: string; readonly group: string } & (
  | { readonly stream: string }
  | { readonly streams: string }
  | { readonly text: string }
);

/** The CloudWatch Logs page of a place; null where {@link consoleUrl} is. */
export function logsUrl(place: LogPlace): string | null {
  return consoleUrl(place.region, `cloudwatch#logsV2:log-groups/log-group/${encodeTwice(place.group)}${within(place)}`);
}

function within(place: LogPlace): string {
  if ('stream' in place) {
    return `/log-events/${encodeTwice(place.stream)}`;
  }
  return 'streams' in place
    ? `$3FlogStreamNameFilter$3D${encodeTwice(place.streams)}`
    : `/log-events$3FfilterPattern$3D${encodeTwice(`"${place.text}"`)}`;
}

/**
 * CloudWatch's own escaping: percent-encoded twice (the second time only `%` is left to encode), with `$` for the outer
 * percent sign.
 */
function encodeTwice(text: string): string {
  return /^[\w.-]*$/.test(text) ? text : encodeURIComponent(text).replaceAll('%', '$$25');
}
