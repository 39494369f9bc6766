import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { readArn } from '../arn';
import { consoleUrl } from '../console';
import { errorWhere } from '../error-text';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';

const states: States = new Map([
  ['STARTED', 'started'],
  ['FINISHED', 'succeeded'],
  ['FAILED', 'failed'],
  ['ABORTED', 'stopped'],
]);

const source: Source = {
  name: 'redshift_data',
  title: 'Redshift Data statement',
  pattern: {
    source: ['aws.redshift-data'],
    'detail-type': ['Redshift Data Statement Status Change'],
    detail: { state: [{ 'anything-but': ['SUBMITTED', 'PICKED'] }] },
  },
  filters: {
    names: { path: ['detail', 'statementName'] },
    clusters: { path: ['resources'], before: '*:cluster:' },
    workgroupIds: { path: ['resources'], before: '*:workgroup/' },
  },
  normalise,
};

export default source;

/** A statement without a name is a run of its database: the cluster or the serverless workgroup. */
function normalise({ detail, region, resources }: CapturedEvent): SourceFields {
  const statement = requireText(detail, 'statementId');
  const database = resources.find((resource) => readArn(resource)?.service.startsWith('redshift')) ?? null;
  const [kind, inArn] = readArn(database)?.resource.split(/[:/]/) ?? [];
  const cluster = (kind === 'cluster' ? textOf(inArn) : null) ?? textOf(detail['clusterId']);
  const workgroup = textOf(detail['workgroupName']) ?? (kind === 'workgroup' ? textOf(inArn) : null);
  const state = textOf(detail['state']) ?? 'unknown';
  const type = eventTypeOf(states, state);
  const error = textOf(detail['error']);
  return {
    service_name: textOf(detail['statementName']) ?? cluster ?? workgroup ?? 'unknown',
    service_request_id: statement,
    event_type: type,
    source_state: state,
    ...errorWhere(type, error),
    resource_arn: database,
    console_url: cluster
      ? consoleUrl(region, `redshiftv2#cluster-details?cluster=${encodeURIComponent(cluster)}`)
      : workgroup && consoleUrl(region, `redshiftv2#serverless-workgroup?workgroup=${encodeURIComponent(workgroup)}`),
  };
}
