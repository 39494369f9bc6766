import { shortHash } from '../record/notification';
import type { StateRecord } from '../record/schema';
import type { Route } from '../settings';
import type { Alert } from './decide';
import type { Incident } from './decide/incident';
import type { Notice } from './decide/notice';
import type { Claimed, Draft } from './ledger';

/** What is claimed and ready to be posted, with the state changes whose messages come again when it is not. */
export interface Item {
  readonly claimed: Claimed;
  readonly notice: Notice;
  readonly changes: readonly StateRecord[];
}

/** What the ledger is to say of an alert. */
export function draftOfAlert({ id, record, eventType, route }: Alert): Draft {
  return draftOf({ id, kind: 'alert', record, route, incident_id: null, event_type: eventType });
}

/** What the ledger is to say of a recovery: an incident has one in each channel that knows of it. */
export function draftOfRecovery(record: StateRecord, route: Route, { incident_id }: Incident): Draft {
  const id = shortHash(JSON.stringify(['recovery', incident_id, route.channel]));
  return draftOf({ id, kind: 'recovery', record, route, incident_id, event_type: record.event_type });
}

/** What the ledger is to say of a reminder: there is one of what happened since something was last told, however often it is tried. */
export function draftOfReminder(record: StateRecord, route: Route, { incident_id, last_told_at }: Incident): Draft {
  const id = shortHash(JSON.stringify(['reminder', incident_id, last_told_at]));
  return draftOf({ id, kind: 'reminder', record, route, incident_id, event_type: record.event_type });
}

interface Said extends Pick<Draft, 'kind' | 'incident_id' | 'event_type'> {
  readonly id: string;
  readonly record: StateRecord;
  readonly route: Route;
}

function draftOf({ id, record, route, ...said }: Said): Draft {
  return {
    ...said,
    alert_id: id,
    event_id: record.event_id,
    event_time: record.event_time,
    service_type: record.service_type,
    service_name: record.service_name,
    service_request_id: record.service_request_id,
    account_id: record.account_id,
    region: record.region,
    error_type: record.error_type,
    error_message: record.error_message,
    error_fingerprint: record.error_fingerprint,
    route: route.name,
    channel: route.channel,
    severity: route.severity,
    record: JSON.stringify({ ...record, detail: null }),
  };
}
