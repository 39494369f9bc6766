import { objectOf } from '../handler/event/json';

/** Somebody who wants to do something: a service principal by its resource's ARN, or a role's own session. */
export interface Access {
  readonly action: string;
  /** Left out where a role's trust policy is asked, which names no resource. */
  readonly resource?: string;
  /** A service such as `sns.amazonaws.com`, asked of a resource's policy; left out where a role's own policy is asked. */
  readonly service?: string;
  /** On whose behalf the service acts (`aws:SourceArn`). */
  readonly sourceArn?: string;
  /** What further keys of conditions hold, by their names, for example `lambda:FunctionArn`. */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * Whether policy documents allow an access: one statement allows it and none denies it. Knows as much of IAM as such
 * stacks use: actions and resources with `*`, service principals, and conditions on source ARN, source account, TLS
 * and what else an access says of itself.
 */
export function allows(documents: readonly unknown[], access: Access): boolean {
  const statements = documents.flatMap((document) => listOf(objectOf(document)?.['Statement']));
  const applying = statements.map((statement) => objectOf(statement) ?? {}).filter((it) => applies(it, access));
  return applying.some((it) => it['Effect'] === 'Allow') && !applying.some((it) => it['Effect'] === 'Deny');
}

function applies(statement: Readonly<Record<string, unknown>>, access: Access): boolean {
  return (
    listOf(statement['Action']).some((action) => isLike(String(action).toLowerCase(), access.action.toLowerCase())) &&
    (access.resource === undefined || namesResource(statement['Resource'], access.resource)) &&
    (access.service === undefined || namesService(statement['Principal'], access.service)) &&
    Object.entries(objectOf(statement['Condition']) ?? {}).every(([operator, keys]) => holds(operator, keys, access))
  );
}

function namesResource(resources: unknown, resource: string): boolean {
  return listOf(resources).some((pattern) => isLike(String(pattern), resource));
}

/** The statements of a resource's policy that deny something to a role, as a document of their own. */
export function denialsFor(document: unknown, roleArn: string): unknown {
  const statements = listOf(objectOf(document)?.['Statement']).filter((statement) => {
    const { Effect, Principal } = objectOf(statement) ?? {};
    const principals = [Principal, ...listOf(objectOf(Principal)?.['AWS'])];
    return Effect === 'Deny' && (principals.includes('*') || principals.includes(roleArn));
  });
  return { Statement: statements };
}

/** The statements of a resource's policy that name a principal of IAM, as a document of their own. */
export function grantsTo(document: unknown, principalArn: string): unknown {
  const statements = listOf(objectOf(document)?.['Statement']).filter((statement) =>
    listOf(objectOf(objectOf(statement)?.['Principal'])?.['AWS']).includes(principalArn),
  );
  return { Statement: statements };
}

function namesService(principal: unknown, service: string): boolean {
  return principal === '*' || listOf(objectOf(principal)?.['Service']).includes(service);
}

/** A condition that is not known does not hold. */
function holds(operator: string, keys: unknown, access: Access): boolean {
  const present: Readonly<Record<string, string | undefined>> = {
    'aws:SourceArn': access.sourceArn,
    'aws:SourceAccount': access.sourceArn?.split(':')[4],
    'aws:SecureTransport': 'true',
    'sts:ExternalId': access.sourceArn?.split(':')[4],
    ...access.context,
  };
  const isKnown = ['ArnEquals', 'ArnLike', 'StringEquals', 'StringLike', 'Bool'].includes(operator);
  return Object.entries(objectOf(keys) ?? {}).every(([key, wanted]) => {
    const value = present[key];
    if (operator === 'StringNotEquals') return value === undefined || !listOf(wanted).includes(value);
    return isKnown && value !== undefined && listOf(wanted).some((pattern) => isLike(String(pattern), value));
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function isLike(pattern: string, text: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[$()+.?[\\\]^{|}]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 's').test(text);
}
