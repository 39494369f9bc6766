import fc from 'fast-check';
import type { AlertNotice, Notice, RecoveryNotice, ReminderNotice } from '../../../handler/alert/decide/notice';
import type { StateRecord } from '../../../handler/record/schema';
import { defaultSettings, type Route, severities } from '../../../handler/settings';
import { anyRecord, recordOf } from './record';

/** The default route; `parts` overrule. */
export function routeWith(parts: Partial<Route> = {}): Route {
  const route = defaultSettings.routes.at(-1);
  if (route === undefined) throw new Error('The default settings hold no route');
  return { ...route, ...parts };
}

interface Parts extends Partial<Omit<AlertNotice, 'record' | 'route' | 'kind'>> {
  readonly columns?: Partial<StateRecord>;
  readonly route?: Partial<Route>;
}

/** A failed run as it is told; `parts` overrule. */
export function alertNotice({ columns, route, ...parts }: Parts = {}): AlertNotice {
  const record = recordOf(columns);
  const usual = { note: null, finality: 'final', failures: 1, folded: [], overtaken: null } as const;
  return { kind: 'alert', record, eventType: record.event_type, route: routeWith(route), ...usual, ...parts };
}

/** A task that works again after two hours and ten minutes. */
export function recoveryNotice({ columns, route }: Parts = {}): RecoveryNotice {
  const record = recordOf({
    event_type: 'succeeded',
    source_state: 'SUCCEEDED',
    error_type: null,
    error_message: null,
    exception_details: null,
    ...columns,
  });
  const told = { downMs: 7_800_000, failures: 12, note: null } as const;
  return { kind: 'recovery', record, eventType: 'succeeded', route: routeWith(route), ...told };
}

/** A task that failed forty times since it was last told of. */
export function reminderNotice({ columns, route }: Parts = {}): ReminderNotice {
  const record = recordOf(columns);
  const told = { failures: 40, since: '2026-01-05T08:00:00.000Z', worksSince: null, note: null } as const;
  return { kind: 'reminder', record, eventType: record.event_type, route: routeWith(route), ...told };
}

const anyText = anyRecord.map(({ error_message }) => error_message);

const anyRoute: fc.Arbitrary<Route> = fc
  .record({
    severity: fc.constantFrom(...severities),
    mention: fc.oneof(anyText, fc.constantFrom('<!here>', '<!channel> <@U012AB3CD>', '<!subteam^S1>', '<!everyone>')),
    runbook: fc.oneof(anyText, fc.constantFrom('https://wiki.example/a?b=1&c=<d>|e', 'javascript:alert(1)')),
  })
  .map(routeWith);

/** Notices of every kind, with extreme texts. */
export const anyNotice: fc.Arbitrary<Notice> = fc
  .record({
    record: anyRecord,
    attempts: fc.record({ retry_attempts: fc.option(fc.nat(5)), max_attempts: fc.option(fc.nat(5)) }),
    route: anyRoute,
    note: anyText,
    finality: fc.constantFrom('final' as const, 'unknown' as const, 'never-retried' as const),
    failures: fc.nat(1_000_000),
    folded: fc.tuple(anyRecord, fc.nat(7)).map(([outer, times]) => Array.from({ length: times }, () => outer)),
    overtaken: fc.option(fc.record({ by: fc.constant('2026-01-05T09:50:00.000Z'), hasFailedSince: fc.boolean() })),
    downMs: fc.maxSafeNat(),
    kind: fc.constantFrom('alert' as const, 'recovery' as const, 'reminder' as const),
  })
  .map(({ record, attempts, route, note, kind, failures, ...rest }): Notice => {
    const shared = { record: { ...record, ...attempts }, eventType: record.event_type, route, note, failures };
    if (kind === 'recovery') return { ...shared, kind, downMs: rest.downMs };
    if (kind === 'reminder') {
      return { ...shared, kind, since: record.started_at ?? record.event_time, worksSince: record.ended_at };
    }
    return { ...shared, kind, finality: rest.finality, folded: rest.folded, overtaken: rest.overtaken };
  });

/** What one message is made of: one notice, or several. */
export const anyNotices: fc.Arbitrary<readonly Notice[]> = fc.oneof(
  anyNotice.map((notice) => [notice]),
  fc.array(anyNotice, { minLength: 2, maxLength: 4 }),
  fc.tuple(anyNotice, fc.integer({ min: 2, max: 120 })).map(([notice, times]) =>
    Array.from({ length: times }, (_, at) => ({
      ...notice,
      record: { ...notice.record, service_name: `${at}${notice.record.service_name}` },
    })),
  ),
);
