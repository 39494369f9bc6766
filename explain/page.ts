import type { Incident } from '../handler/alert/decide/incident';
import type { Notification } from '../handler/record/notification';
import type { EventType } from '../handler/record/schema';
import type { Route } from '../handler/settings';
import { readableMessage } from '../local/slack-text';
import { harmlessLine } from '../local/terminal-text';
import type { Explained, Explanation } from './explanation';

const labelWidth = 11;

/** An explanation as a person reads it; `number` counts the events. */
export function pageOf(explanation: Explanation, number: number): string {
  if ('leftOut' in explanation) {
    const why = 'its source is off or narrowed in config.ts, or it is no state that matters';
    return [harmlessLine(`${number}  ${explanation.leftOut}`), line('rules', `none takes it: ${why}`)].join('\n');
  }
  if ('quarantine' in explanation) {
    return [`${number}  nobody recognises this event`, line('quarantine', explanation.quarantine)].join('\n');
  }
  const { record, verdict } = explanation;
  return [
    harmlessLine(`${number}  ${record.service_type} ${record.service_name}: ${verdict}`),
    ...recordLines(explanation),
    ...decisionLines(explanation),
    ...explanation.messages.flatMap(({ channel, body }) => [
      line('message', `to ${channel}`),
      ...readableMessage(body)
        .split('\n')
        .map((text) => `      | ${text}`),
    ]),
  ].join('\n');
}

/** An explanation as one line of JSON, the bodies of its messages as what they are. */
export function lineOf(explanation: Explanation): string {
  if (!('record' in explanation)) return JSON.stringify(explanation);
  const messages = explanation.messages.map(({ channel, body }) => ({ channel, body: JSON.parse(body) as unknown }));
  return JSON.stringify({ ...explanation, messages });
}

/** What an explanation does not look at. */
export const limits = [
  'Not looked at here: silences put in by hand (npm run silence -- list), what was told before the first of these events,',
  'and Glue, which the function asks whether it makes another attempt of a job (say --retries N to answer for it).',
].join('\n');

function recordLines({ record }: Explained): readonly string[] {
  const attempt = record.retry_attempts ? `, attempt ${record.retry_attempts}` : '';
  const details = [record.error_type, record.error_fingerprint && `fingerprint ${record.error_fingerprint}`].filter(
    Boolean,
  );
  return [
    line('run', `${record.service_request_id}${attempt}`),
    line('state', `${record.source_state} at ${record.event_time}, ${record.account_id} ${record.region}`),
    ...(record.error_message === null ? [] : [line('error', record.error_message.replace(/\s+/g, ' '))]),
    ...(details.length === 0 ? [] : [line('', details.join(', '))]),
    ...(record.caused_by_request_id === null ? [] : [line('caused by', record.caused_by_request_id)]),
  ];
}

function decisionLines(explained: Explained): readonly string[] {
  const { routing, verdict, isTold, silence, notifications, incident } = explained;
  const said = becauseOf(verdict) ?? `${routing.alertOnOf} has ${routing.alertOn.join(', ') || 'nothing'}`;
  const concerns = isTold || notifications.length > 0;
  return [
    line('verdict', `${verdict} ${toldWords(verdict, isTold)}: ${said}`),
    line('route', `${routing.route.name}: ${routeWords(routing.route)}`),
    ...routing.because.map((why) => line('', why)),
    ...routing.passedBy.map(({ name, because }) => line('', `not ${name}: ${because.join(', ')}`)),
    ...(concerns ? [line('silence', silence ?? 'none in config.ts')] : []),
    ...ledgerLines(explained),
    ...(concerns && incident !== null ? [line('incident', incidentWords(incident))] : []),
  ];
}

/** What no `alertOn` can name, because it is told of in another way or is no trouble. */
function becauseOf(verdict: EventType): string | null {
  if (verdict === 'retrying') return 'another attempt follows, and the last one is told';
  return verdict === 'started' ? 'a start asks nobody to do something' : null;
}

function toldWords(verdict: EventType, isTold: boolean): string {
  if (isTold) return 'is told';
  return verdict === 'succeeded' ? 'is told as the end of an incident only' : 'is not told';
}

function incidentWords({ state, opened_at, failures, untold, remind_at }: Incident): string {
  const counted = untold === 0 ? '' : `, of which ${untold} counted and not told, with a reminder at ${remind_at}`;
  return `${state}, began ${opened_at}, ${failures} ${failures === 1 ? 'failure' : 'failures'}${counted}`;
}

function routeWords({ channel, severity, cooldownSeconds, mention, runbook }: Route): string {
  const further = [mention && `mention ${mention}`, runbook && `runbook ${runbook}`].filter(Boolean);
  return [`channel ${channel}`, severity, `cooldown ${cooldownSeconds / 60} min`, ...further].join(', ');
}

function ledgerLines({ notifications, isTold, verdict }: Explained): readonly string[] {
  if (notifications.length > 0) return notifications.map((it) => line('ledger', ledgerWords(it)));
  if (isTold) return [line('ledger', 'nothing new: this alert was settled by an event before')];
  if (verdict === 'retrying')
    return [line('ledger', 'nothing yet: if no other attempt comes within ten minutes, it is told')];
  return verdict === 'succeeded' ? [line('ledger', 'nothing: it ends no incident that was told of')] : [];
}

function ledgerWords({ kind, status, reason, channel, folded_into, incident_id }: Notification): string {
  const said = status === 'sent' ? `sent to ${channel}` : status;
  const further = [folded_into && `into alert ${folded_into}`, incident_id && `incident ${incident_id}`].filter(
    Boolean,
  );
  return [`${kind} ${said}${reason === null ? '' : ` (${reason})`}`, ...further].join(', ');
}

function line(label: string, text: string): string {
  return `   ${label.padEnd(labelWidth)}${harmlessLine(text)}`;
}
