import { closest } from 'fastest-levenshtein';
import * as v from 'valibot';
import { schema } from './config-schema';

/** One key of `config.ts`, as `docs/configuration.md` lists it. */
export interface ConfigurationKey {
  /** Dotted path, for example `retention.rows`. */
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
  readonly default?: unknown;
}

/** Every key that `config.ts` may hold, in the order of the schema. */
export const configurationKeys: readonly ConfigurationKey[] = keysOf(schema, []);

/**
 * Checks the whole of `config.ts` and fills in the defaults.
 * @throws ConfigurationError with one line per problem: an unknown key with the nearest right one, a value of a wrong form.
 */
export function checkConfiguration(input: unknown): Configuration {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  throw new ConfigurationError([...new Set(result.issues.map(explain))]);
}

function keysOf(node: Node, path: readonly string[]): readonly ConfigurationKey[] {
  const entries = unwrap(node).entries;
  if (entries !== undefined) return Object.entries(entries).flatMap(([name, entry]) => keysOf(entry, [...path, name]));
  const described = unwrap(node) as v.GenericSchema;
  return [
    {
      path: path.join('.'),
      type: v.getTitle(described) ?? '',
      default: node.default === undefined ? null : JSON.stringify(node.default),
      meaning: v.getDescription(described) ?? '',
    },
  ];
}

function explain(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).map((item) => String(item.key));
  if (isUnknown(issue)) return explainUnknown(path);
  const where = path.length === 0 ? 'what it exports' : path.join('.');
  const found = JSON.stringify(issue.input) ?? 'missing';
  const key = configurationKeys.find((known) => `${where}.`.startsWith(`${known.path}.`));
  if (key === undefined) return `config.ts: ${where} is ${found}; it must be: an object`;
  return `config.ts: ${where} is ${found}; ${key.path === where ? 'it' : key.path} must be: ${key.type}`;
}

function explainUnknown(path: readonly string[]): string {
  const parent = path.slice(0, -1).reduce<Node>((node, name) => unwrap(node).entries?.[name] ?? node, schema);
  const right = Object.keys(unwrap(parent).entries ?? {});
  const name = path.at(-1) ?? '';
  return `config.ts: ${path.join('.')} is not a key. Did you mean "${closest(name, right)}"? Keys here: ${right.join(', ')}`;
}

function isUnknown(issue: v.BaseIssue<unknown>): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never';
}

function unwrap(node: Node): Node {
  return node.wrapped === undefined ? node : unwrap(node.wrapped);
}
