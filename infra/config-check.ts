import { closest } from 'fastest-levenshtein';
import * as v from 'valibot';
import { schema } from './config-schema';

/** One key of `config.ts`, as `docs/configuration.md` lists it. */
export interface ConfigurationKey {
  /** Dotted path, for example `retention.rows` or `ownSources[].name`. */
  readonly path: string;
  readonly type: string;
  /** As JSON; null where the key has no default, and may be left out or belongs to an object that may. */
  readonly default: string | null;
  readonly meaning: string;
}

/** What stopped the synthesis, in words that name the place and say what right looks like. */
export class ConfigurationError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigurationError';
  }
}

/** `config.ts` as its author writes it. */
export type ConfigurationInput = v.InferInput<typeof schema>;

/** `config.ts` with every default filled in. */
export type Configuration = v.InferOutput<typeof schema>;

interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly wrapped?: Node;
  /** Of a list: what each of its elements is. */
  readonly item?: Node;
  /** Of what depends on the value: what an object must be. */
  readonly getter?: (input: unknown) => Node;
  readonly default?: unknown;
}

/** Every key that `config.ts` may hold, in the order of the schema. */
export const configurationKeys: readonly ConfigurationKey[] = keysOf(schema, '');

/**
 * Checks the whole of `config.ts` and fills in the defaults.
 * @throws ConfigurationError with one line per problem: an unknown key with the nearest right one, a value of a wrong form.
 */
export function checkConfiguration(input: unknown): Configuration {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  throw new ConfigurationError([...new Set(result.issues.map(explain))]);
}

function keysOf(node: Node, path: string): readonly ConfigurationKey[] {
  const { entries, item } = unwrap(node);
  if (entries !== undefined) return Object.entries(entries).flatMap(([name, entry]) => keysOf(entry, join(path, name)));
  if (item !== undefined && unwrap(item).entries !== undefined) return keysOf(item, `${path}[]`);
  const described = unwrap(node) as v.GenericSchema;
  return [
    {
      path,
      type: v.getTitle(described) ?? '',
      default: node.default === undefined ? null : JSON.stringify(node.default),
      meaning: v.getDescription(described) ?? '',
    },
  ];
}

function explain(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  if (isUnknown(issue)) return explainUnknown(path);
  const where = path.length === 0 ? 'what it exports' : spell(path);
  const found = withoutPaths(JSON.stringify(issue.input) ?? 'missing');
  const general = where.replace(/\[\d+\]/g, '[]');
  const key = configurationKeys.find((known) => isAtOrBelow(general, known.path));
  if (key === undefined) {
    const isList = unwrap(path.reduce<Node>(step, schema)).item !== undefined;
    return `config.ts: ${where} is ${found}; it must be: ${isList ? 'a list' : 'an object'}`;
  }
  if (issue.type === 'picklist' && key.path !== general) {
    return `config.ts: ${where} is ${found}; it must be one of ${allowedBy(issue)}`;
  }
  return `config.ts: ${where} is ${found}; ${key.path === general ? 'it' : key.path} must be: ${key.type}`;
}

/** What was found goes into logs of CI, and the path of a webhook is a secret. */
function withoutPaths(text: string): string {
  return text.replace(/(https?:\/\/hooks\.[^/"\s]+\/)[^"\s]+/gi, '$1…');
}

/** The values that a list or an object takes, from valibot's `("failed" | "timeout")`. */
function allowedBy({ expected }: v.BaseIssue<unknown>): string {
  return (expected ?? '').replace(/[()"]/g, '').replaceAll(' | ', ', ');
}

function explainUnknown(path: readonly (string | number)[]): string {
  const parent = path.slice(0, -1).reduce<Node>(step, schema);
  const right = Object.keys(entriesOf(parent));
  const name = String(path.at(-1) ?? '');
  return `config.ts: ${spell(path)} is not a key. Did you mean "${nearest(name, right)}"? Keys here: ${right.join(', ')}`;
}

/** Who left out the end of a key meant that one, however long it is. */
function nearest(name: string, right: readonly string[]): string {
  return right.find((key) => key.startsWith(name)) ?? closest(name, right);
}

function step(node: Node, key: string | number): Node {
  return (typeof key === 'number' ? unwrap(node).item : entriesOf(node)[key]) ?? node;
}

function entriesOf(node: Node): Readonly<Record<string, Node>> {
  const { entries, getter } = unwrap(node);
  return entries ?? (getter === undefined ? {} : entriesOf(getter({})));
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** `alarms[0]`, `retention.rows` */
function spell(path: readonly (string | number)[]): string {
  return path.reduce<string>((before, key) => (typeof key === 'number' ? `${before}[${key}]` : join(before, key)), '');
}

/** Whether a path is that of a key, or of something in its value. */
function isAtOrBelow(path: string, key: string): boolean {
  return path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`);
}

function isUnknown(issue: v.BaseIssue<unknown>): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never';
}

function unwrap(node: Node): Node {
  return node.wrapped === undefined ? node : unwrap(node.wrapped);
}
