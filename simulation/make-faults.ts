import type { Fault, PortName, Step } from './plan';
import type { Random } from './random';

const minute = 60_000;
const hour = 60 * minute;

/** The time in which the tasks of a plan run. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Makes up what goes wrong: mostly a few things, now and then nothing. */
export function makeFaults(span: Span, random: Random): readonly Step[] {
  const number = random.pick([0, 1, 2, 3, 5, 8, 12]);
  const faults = Array.from({ length: number }, () => random.pick(makers)(span, random));
  const mended = faults.some(({ kind }) => kind === 'secret' || kind === 'slack') && random.chance(0.5);
  const last = Math.max(span.end, ...faults.map((fault) => ('to' in fault ? fault.to : fault.from)));
  return [
    ...faults.map((fault): Step => ({ kind: 'fault', fault })),
    ...(mended ? [{ kind: 'replay', at: last + 10 * minute } as const] : []),
  ];
}

type Maker = (span: Span, random: Random) => Fault;

const storage = ['get', 'putIfAbsent', 'putIfMatch', 'list'] as const;
const anyPort = ['putRecordBatch', ...storage, 'readSecret', 'getJobRun', 'getJob', 'post', 'postpone'] as const;
const writes = ['putIfAbsent', 'putIfMatch'] as const;

/** Which ports one fault strikes. */
function struck(random: Random): readonly PortName[] {
  const groups: readonly [readonly PortName[], ...(readonly PortName[])[]] = [
    storage,
    anyPort,
    writes,
    ['putRecordBatch'],
    ['post'],
    ['getJobRun', 'getJob'],
  ];
  return random.chance(0.5) ? random.pick(groups) : [random.pick(anyPort)];
}

function window({ start, end }: Span, random: Random, longest: number) {
  const from = random.between(start, Math.max(start, end));
  return { from, to: from + random.between(1, longest / 1_000) * 1_000, share: random.pick([0.05, 0.3, 0.8, 1]) };
}

type SlackAnswer = Pick<Extract<Fault, { kind: 'slack' }>, 'status' | 'body' | 'retryAfterSeconds'>;

const slackAnswers: readonly [SlackAnswer, ...SlackAnswer[]] = [
  { status: 429, body: 'rate_limited', retryAfterSeconds: 1 },
  { status: 429, body: 'rate_limited', retryAfterSeconds: 30 },
  { status: 429, body: 'rate_limited', retryAfterSeconds: null },
  { status: 500, body: 'internal_error', retryAfterSeconds: null },
  { status: 503, body: '<html>busy</html>', retryAfterSeconds: null },
  { status: 404, body: 'no_service', retryAfterSeconds: null },
  { status: 403, body: 'invalid_token', retryAfterSeconds: null },
  { status: 400, body: 'invalid_blocks', retryAfterSeconds: null },
  { status: 200, body: '{"ok":false,"error":"workflow_disabled"}', retryAfterSeconds: null },
];

const makers: readonly [Maker, ...Maker[]] = [
  (span, random) => ({
    kind: 'outage',
    ports: struck(random),
    hangs: random.chance(0.3),
    ...window(span, random, 10 * minute),
  }),
  (span, random) => ({
    kind: 'outage',
    ports: struck(random),
    hangs: random.chance(0.3),
    ...window(span, random, random.chance(0.2) ? 24 * hour : hour),
  }),
  (span, random) => ({ kind: 'lost answer', ports: struck(random), ...window(span, random, hour) }),
  (span, random) => ({ kind: 'lost answer', ports: ['post'], ...window(span, random, hour) }),
  (span, random) => ({ kind: 'sent twice', ports: writes, ...window(span, random, 3 * hour) }),
  (span, random) => ({ kind: 'partial failure', ...window(span, random, hour) }),
  (span, random) => ({ kind: 'partial failure', ...window(span, random, 3 * hour) }),
  crash,
  crash,
  crash,
  (span, random) => ({
    kind: 'slack',
    channel: random.pick([null, null, 'own']),
    ...random.pick(slackAnswers),
    ...window(span, random, hour),
  }),
  (span, random) => ({
    kind: 'slack',
    channel: random.pick([null, null, 'own']),
    ...random.pick(slackAnswers),
    ...window(span, random, random.chance(0.1) ? 72 * hour : 3 * hour),
  }),
  (span, random) => ({
    kind: 'secret',
    holds: random.pick(['nothing', 'no channel', 'garbage']),
    ...window(span, random, 2 * hour),
  }),
  (span, random) => ({
    kind: 'clock',
    ...window(span, random, 2 * hour),
    byMs: random.pick([-20_000, -2_000, 3_000, 20_000]),
  }),
  (span, random) => ({ kind: 'slow', ...window(span, random, hour), byMs: random.pick([300, 1_000, 4_000]) }),
  (span, random) => ({ kind: 'kept', ...window(span, random, hour) }),
];

function crash(span: Span, random: Random): Fault {
  return {
    kind: 'crash',
    nth: random.between(1, 60),
    from: random.between(span.start, Math.max(span.start, span.end)),
    isAfter: random.chance(0.5),
    port: random.chance(0.6)
      ? random.pick(['post', 'putIfMatch', 'putIfMatch', 'putIfAbsent', 'putRecordBatch', 'get'])
      : null,
  };
}
