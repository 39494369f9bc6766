import type { Alert } from '../decide';
import { mrkdwn } from './mrkdwn';
import { headline, reason } from './words';

/** What a workflow's webhook takes: flat, and every value a text. The names are those of the old monitor's workflow. */
export interface WorkflowMessage {
  readonly service: string;
  readonly service_name: string;
  readonly service_id: string;
  readonly exception_details: string;
  readonly time_stamp: string;
}

const limit = 2_000;

/** The alert in the five fields that existing workflows know; what happened stands in front of the details. */
export function workflowMessage(alert: Alert): WorkflowMessage {
  const { record } = alert;
  const details = [`${headline(alert)}: ${reason(record)}`, record.exception_details].filter((text) => text !== null);
  return {
    service: mrkdwn(record.service_type, limit),
    service_name: mrkdwn(record.service_name, limit),
    service_id: mrkdwn(record.service_request_id, limit),
    exception_details: mrkdwn(details.join('\n'), limit),
    time_stamp: record.event_time,
  };
}
