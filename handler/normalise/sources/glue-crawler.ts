import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { buildArn } from '../arn';
import { consoleUrl, logsUrl } from '../console';
import { errorWhere } from '../error-text';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';
import { wholeNumberOf } from '../text';
import { isoOf, readTime } from '../time';

/** A schedule that could not start its crawler: no state, no run, and nothing else tells of it. */
const invocationFailure = 'Glue Scheduled Crawler Invocation Failure';

const states: States = new Map([
  ['Succeeded', 'succeeded'],
  ['Failed', 'failed'],
]);

const source: Source = {
  name: 'glue_crawler',
  title: 'Glue crawler',
  pattern: {
    source: ['aws.glue'],
    $or: [
      { 'detail-type': ['Glue Crawler State Change'], detail: { state: [{ 'anything-but': ['Started'] }] } },
      { 'detail-type': [invocationFailure] },
    ],
  },
  filters: { names: { path: ['detail', 'crawlerName'] } },
  normalise,
};

export default source;

/** A crawler has no run id, so each terminal state is its own run, named by the event. */
function normalise({ detail, detailType, region, account }: CapturedEvent): SourceFields {
  const name = requireText(detail, 'crawlerName');
  const state = detailType === invocationFailure ? 'Invocation Failure' : (textOf(detail['state']) ?? 'unknown');
  const type = eventTypeOf(states, state);
  const endedAt = readTime(detail['completionDate']);
  const seconds = wholeNumberOf(detail['runningTime (sec)']);
  const message = textOf(detail['errorMessage']) ?? textOf(detail['message']);
  return {
    service_name: name,
    event_type: type,
    source_state: state,
    ...errorWhere(type, message),
    started_at: endedAt !== null && seconds !== null ? isoOf(Date.parse(endedAt) - seconds * 1000) : null,
    ended_at: endedAt,
    duration_ms: seconds === null ? null : seconds * 1000,
    resource_arn: buildArn({ service: 'glue', region, account, resource: `crawler/${name}` }),
    console_url: consoleUrl(region, `glue#/v2/data-catalog/crawlers/view/${encodeURIComponent(name)}`),
    logs_url: logsUrl({ region, group: '/aws-glue/crawlers', stream: name }),
  };
}
