import type { Notice } from '../decide/notice';

/** What a reader sees before reading: red for a failure, orange for a warning or a delay, green for good news. */
export function sign({ kind, eventType, route }: Notice): string {
  if (kind === 'recovery' || eventType === 'succeeded') return '🟢';
  if (kind === 'reminder') return '🔁';
  if (eventType === 'started') return '🔵';
  return isFailure(eventType) && route.severity !== 'warning' ? '🔴' : '🟠';
}

/** Whether a run ended badly, as opposed to one that takes long or was stopped. */
export function isFailure(eventType: Notice['eventType']): boolean {
  return eventType === 'failed' || eventType === 'timeout';
}

/** A word as well as a sign, because colours do not tell critical from bad. */
export function urgency({ kind, route }: Notice): string {
  return kind !== 'recovery' && route.severity === 'critical' ? 'CRITICAL: ' : '';
}
