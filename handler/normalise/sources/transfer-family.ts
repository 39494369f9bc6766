import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { buildArn } from '../arn';
import { consoleUrl, logsUrl } from '../console';
import { errorWhere } from '../error-text';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';
import { readTime } from '../time';
import { transferRun, transferTask } from '../transfer-run';

/** Of a payload received under AS2, `PROCESSING` says that its receipt is still to be answered; it has arrived. */
const states: States = new Map([
  ['COMPLETED', 'succeeded'],
  ['PROCESSING', 'succeeded'],
  ['FAILED', 'failed'],
]);

const servers = ['FTP', 'FTPS', 'SFTP'].flatMap((it) => [`${it} Server File Upload`, `${it} Server File Download`]);
const connectors = ['File Send', 'File Retrieve', 'Directory Listing', 'Remote Move', 'Remote Delete'];
const as2 = ['Payload Send', 'Payload Receive', 'MDN Send', 'MDN Receive'];
/** What people do with the files of a server beside (rename, delete, create a directory) is no transfer. */
const operations = [...servers, ...connectors.map((it) => `SFTP Connector ${it}`), ...as2.map((it) => `AS2 ${it}`)];

const source: Source = {
  name: 'transfer_family',
  title: 'Transfer Family transfer',
  pattern: {
    source: ['aws.transfer'],
    'detail-type': operations.flatMap((operation) => [`${operation} Completed`, `${operation} Failed`]),
  },
  filters: { names: { path: ['resources'], before: '*/' } },
  normalise,
};

export default source;

function normalise({ detail, detailType, resources, region, account }: CapturedEvent): SourceFields {
  const { kind, name } = transferTask(detail, resources);
  const state = textOf(detail['status-code']) ?? detailType.replace(/^.* /, '').toUpperCase();
  const type = eventTypeOf(states, state);
  const code = textOf(detail['failure-code']);
  const message = textOf(detail['failure-message']) ?? code;
  const session = textOf(detail['session-id']);
  return {
    service_name: name,
    service_request_id: transferRun(detail),
    event_type: type,
    source_state: state,
    ...errorWhere(type, message, code),
    started_at: readTime(detail['start-timestamp']),
    ended_at: readTime(detail['end-timestamp']),
    resource_arn: buildArn({ service: 'transfer', region, account, resource: `${kind}/${name}` }),
    console_url: consoleUrl(region, `transfer#/${kind}s/${encodeURIComponent(name)}`),
    logs_url: logsUrl({ region, group: `/aws/transfer/${name}`, text: session ?? transferRun(detail) ?? name }),
  };
}
