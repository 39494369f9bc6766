import { parseArgs } from 'node:util';
import type { Match } from '../handler/settings';
import { type Capture, serviceProblem } from '../infra/alert/matching';
import { endOf } from './end';

/** How the command is called. */
export const usage = `Usage: npm run silence -- WHAT --for 2h|--until 2026-01-31T08:00+01:00 --reason 'why'
       npm run silence -- list
       npm run silence -- end ID

WHAT, of which all that is said must hold; repeated, any of them:
  --name 'orders-*'      the job, crawler, function or state machine; * stands for anything, so keep the quotes
  --service glue_job     the source
  --account, --region    where it runs
  --error-type, --fingerprint
  --all                  everything
--for is 30m, 2h, 1h30m or 3d; a silence lasts 7 days at most.

Reads config.ts, ACCOUNT and REGION, and uses the AWS credentials of your shell.`;

/** What a command line asks for. Times are ISO 8601 in UTC. */
export type Request =
  | { readonly do: 'add'; readonly match: Match; readonly until: string; readonly reason: string }
  | { readonly do: 'list' }
  | { readonly do: 'end'; readonly id: string };

/** What is wrong with a command line; one sentence each. */
export interface Refused {
  readonly problems: readonly string[];
}

const conditions = {
  name: 'name',
  service: 'service',
  account: 'account',
  region: 'region',
  'error-type': 'errorType',
  fingerprint: 'fingerprint',
} as const satisfies Record<string, keyof Match>;

type Condition = keyof typeof conditions;

const several = { type: 'string', multiple: true } as const;
const options = {
  name: several,
  service: several,
  account: several,
  region: several,
  'error-type': several,
  fingerprint: several,
  all: { type: 'boolean' },
  for: { type: 'string' },
  until: { type: 'string' },
  reason: { type: 'string' },
} as const;

/** Reads the arguments as of an instant; `capture` says which sources there are. */
export function readRequest(words: readonly string[], now: Date, capture: Capture): Request | Refused {
  const [first, id, ...more] = words;
  if (first === 'list' && id === undefined) return { do: 'list' };
  if (first === 'end') {
    return id !== undefined && more.length === 0
      ? { do: 'end', id: id.replace(/^.*\//, '').replace(/\.json$/, '') }
      : refused('end takes one ID, as `npm run silence -- list` prints it');
  }
  return readAdd(words, now, capture);
}

/** A refusal with these problems. */
export function refused(...problems: readonly string[]): Refused {
  return { problems };
}

function readAdd(words: readonly string[], now: Date, capture: Capture): Request | Refused {
  const parsed = parsedOf(words);
  if (parsed instanceof Error) return refused(parsed.message.split('. To specify')[0] ?? '');
  const { values, positionals } = parsed;
  const match = matchOf(values);
  const end = endOf({ duration: values.for, until: values.until }, now);
  const reason = values.reason?.trim() ?? '';
  const problems = [
    ...positionals.map((word) => `"${word}" belongs to no option; put names with * into quotes: --name 'orders-*'`),
    ...breadthProblems(match, values.all ?? false),
    ...formProblems(match),
    ...(match.service ?? []).flatMap((glob) => serviceProblem(glob, capture) ?? []).map((it) => `--service ${it}`),
    ...('problem' in end ? [end.problem] : []),
    ...(reason === '' ? ["--reason is missing; say why, for those who will wonder: --reason 'storage is moved'"] : []),
    ...(reason.length > 200 ? [`--reason has ${reason.length} characters; it may have 200`] : []),
  ];
  return problems.length > 0 || 'problem' in end ? { problems } : { do: 'add', match, until: end.until, reason };
}

function parsedOf(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

type Said = Readonly<Partial<Record<Condition, readonly string[]>>>;

function matchOf(said: Said): Match {
  const entries = (Object.keys(conditions) as Condition[]).map((option) => [conditions[option], said[option]] as const);
  return Object.fromEntries(entries.filter(([, globs]) => globs !== undefined)) as Match;
}

/** Whoever silences everything should say so. */
function breadthProblems(match: Match, all: boolean): readonly string[] {
  const isNarrow = Object.values(match).some((globs = []) => globs.every((glob) => !/^\**$/.test(glob)));
  if (all && isNarrow) return ['--all silences everything; leave it out, or the conditions beside it'];
  return all || isNarrow ? [] : ["this would silence everything; narrow it, as by --name 'orders-*', or say --all"];
}

const forms: Readonly<Partial<Record<Condition, readonly [RegExp, string]>>> = {
  account: [/^(\d{12}|[\d*]*\*[\d*]*)$/, 'it must be twelve digits, or a glob with *'],
  region: [
    /^([a-z]{2,}(-[a-z]+)+-\d+|[a-z\d*-]*\*[a-z\d*-]*)$/,
    'it must be a region such as eu-west-1, or a glob with *',
  ],
};

function formProblems(match: Match): readonly string[] {
  return (Object.keys(conditions) as Condition[]).flatMap((option) => {
    const [form, right] = forms[option] ?? [/\S/, 'it must not be empty'];
    const wrong = (match[conditions[option]] ?? []).filter((glob) => !form.test(glob));
    return wrong.map((glob) => `--${option} is "${glob}"; ${right}`);
  });
}
