import type { Resource, Stack, Statement } from './stacks';
import { listOf } from './stacks';

/** A policy as it stands in the Terraform, under `<type>.<id>.<argument>`. */
export interface Policy {
  readonly address: string;
  readonly statements: readonly Statement[];
}

/** Every policy of a stack: each text that is JSON with statements, wherever it stands. */
export function policiesOf(stack: Stack): readonly Policy[] {
  const resources = Object.entries(stack.resource).flatMap(([type, made]) =>
    Object.entries(made).map(([id, resource]) => [`${type}.${id}`, resource] as const),
  );
  return resources.flatMap(([address, resource]) => policiesIn(address, resource));
}

function policiesIn(address: string, resource: Resource): readonly Policy[] {
  return Object.entries(resource).flatMap(([argument, value]): readonly Policy[] => {
    const at = `${address}.${argument}`;
    if (typeof value === 'object' && value !== null) return policiesIn(at, value as Resource);
    const statements = typeof value === 'string' && value.startsWith('{') ? statementsIn(value) : undefined;
    return statements === undefined ? [] : [{ address: at, statements }];
  });
}

function statementsIn(text: string): readonly Statement[] | undefined {
  const found = (JSON.parse(text) as { Statement?: Statement | readonly Statement[] }).Statement;
  if (found === undefined) return undefined;
  return Array.isArray(found) ? (found as readonly Statement[]) : [found as Statement];
}

/** Whom a statement names, as one text each: `events.amazonaws.com`, an ARN, `*`; nobody in the policy of a role. */
export function principalsOf({ Principal }: Statement): readonly string[] {
  if (typeof Principal !== 'object' || Principal === null) return Principal === undefined ? [] : [String(Principal)];
  return Object.values(Principal as Record<string, string | readonly string[]>).flatMap(listOf);
}

/** A statement as a sentence, for example `Allow sns.amazonaws.com: sqs:SendMessage on … if ArnEquals aws:SourceArn = …`. */
export function sentenceOf(statement: Statement): string {
  const { Effect, Action, Resource: resource, Condition, Principal, Sid: _, ...rest } = statement;
  const who = Principal === undefined ? '' : ` ${principalsOf(statement).join(' and ')}`;
  const on = resource === undefined ? '' : ` on ${listOf(resource).join(' and ')}`;
  const others = Object.keys(rest).length === 0 ? '' : ` with ${JSON.stringify(rest)}`;
  const sentence = `${Effect}${who}: ${listOf(Action).join(', ')}${on}${conditionOf(Condition)}${others}`;
  return sentence.replace(/\$\{([^}]*)\}/g, '$1');
}

function conditionOf(condition: unknown): string {
  const operators = Object.entries((condition ?? {}) as Record<string, Record<string, string | readonly string[]>>);
  const terms = operators.flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => `${operator} ${key} = ${listOf(values).join(' or ')}`),
  );
  return terms.length === 0 ? '' : ` if ${terms.join(' and ')}`;
}
