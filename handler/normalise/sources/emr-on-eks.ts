import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { buildArn } from '../arn';
import { consoleUrl } from '../console';
import { readEmrJobRun } from '../emr-message';
import { readError } from '../error-text';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';
import { wholeNumberOf } from '../text';

/** Sent when a driver has failed and the next one follows: the run goes on. */
const newDriver = 'EMR Job Run New Driver Attempt';

const states: States = new Map([
  ['SUBMITTED', 'started'],
  ['RUNNING', 'started'],
  ['COMPLETED', 'succeeded'],
  ['FAILED', 'failed'],
  ['CANCELLED', 'stopped'],
]);

const source: Source = {
  name: 'emr_on_eks',
  title: 'EMR on EKS job',
  pattern: {
    source: ['aws.emr-containers'],
    $or: [
      {
        'detail-type': ['EMR Job Run State Change', 'EmrContainers Job Run State Change'],
        detail: { state: [{ exists: false }, { 'anything-but': ['PENDING', 'SUBMITTED', 'CANCEL_PENDING'] }] },
      },
      { 'detail-type': [newDriver] },
    ],
  },
  filters: { names: { path: ['detail', 'name'] }, clusters: { path: ['detail', 'virtualClusterId'] } },
  normalise,
};

export default source;

function normalise({ detail, detailType, region, account }: CapturedEvent): SourceFields {
  const { id, name, cluster, reason, startedAt, changedAt, ...told } = readEmrJobRun(detail);
  const run = id ?? requireText(detail, 'id');
  const resource = `/virtualclusters/${cluster}/jobruns/${run}`;
  const again = detailType === newDriver;
  const state = told.state ?? (again ? 'New Driver Attempt' : 'unknown');
  const type = again ? 'retrying' : eventTypeOf(states, state);
  const attempt = wholeNumberOf(detail['currentAttemptCount']);
  const failed = reason !== null && type !== 'succeeded' && type !== 'started';
  return {
    service_name: name ?? cluster ?? 'unknown',
    service_request_id: run,
    event_type: type,
    source_state: state,
    ...(failed ? readError(reason, textOf(detail['failureReason'])) : {}),
    retry_attempts: again && attempt ? attempt - 1 : attempt,
    started_at: startedAt,
    ended_at: type === 'started' || again ? null : changedAt,
    resource_arn: cluster && buildArn({ service: 'emr-containers', region, account, resource }),
    console_url: cluster && consoleUrl(region, `emr#/eks/clusters/${encodeURIComponent(cluster)}`),
  };
}
