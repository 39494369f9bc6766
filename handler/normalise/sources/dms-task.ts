import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { consoleUrl } from '../console';
import { readDmsMessage } from '../dms-message';
import { requireText } from '../require';
import { requireResource } from '../resource';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';

/** A serverless replication has a task of its own, but tells its failures under this detail-type alone. */
const serverless = 'DMS Replication State Change';

const states: States = new Map([
  ['READING_PAUSED_SWAP_FILES_LIMIT_REACHED', 'delayed'],
  ['READING_PAUSED_DISK_USAGE_LIMIT_REACHED', 'delayed'],
]);

/** No event names a run, so a start could not be joined to its end. */
const starts = ['ING', '_STARTED', '_RESUMED'];
/** What a serverless replication does on its way (`FETCHING_METADATA`), and what is done to it. */
const steps = ['_METADATA', '_RESOURCES', '_CONNECTION', '_CONNECTIONS', '_CAPACITY', '_UP', '_DOWN', 'PROVISIONED'];
const administration = ['_CREATED', '_MODIFIED', '_DELETED'];

const source: Source = {
  name: 'dms_task',
  title: 'DMS replication',
  pattern: {
    source: ['aws.dms'],
    'detail-type': ['DMS Replication Task State Change', serverless],
    detail: {
      category: [{ 'anything-but': ['Creation', 'ConfigurationChange', 'Deletion'] }, { exists: false }],
      eventType: [{ 'anything-but': { suffix: [...starts, ...steps, ...administration] } }],
    },
  },
  filters: { names: { path: ['resources'], before: '*:dms:*:*:*:' } },
  normalise,
};

export default source;

/** Where an event links to its task's page, the link ends in the name; the ARN may end in an id that DMS made up. */
function normalise({ detail, resources, region }: CapturedEvent): SourceFields {
  const { resource, text } = requireResource(resources, 'dms');
  const [kind, ...name] = resource.split(':');
  const state = requireText(detail, 'eventType');
  const message = textOf(detail['detailMessage']);
  const said = message === null ? null : readDmsMessage(message);
  const type = (state.endsWith('_STOPPED') ? said?.end : null) ?? eventTypeOf(states, state);
  const page = /#(taskDetails\/[\w-]+)$/.exec(textOf(detail['resourceLink']) ?? '')?.[1];
  return {
    service_name: page?.split('/')[1] ?? (name.join(':') || resource),
    event_type: type,
    source_state: state,
    ...(type === 'succeeded' ? {} : said?.error),
    resource_arn: text,
    console_url: consoleUrl(region, `dms/v2#${page ?? (kind === 'task' ? 'tasks' : '')}`),
  };
}
