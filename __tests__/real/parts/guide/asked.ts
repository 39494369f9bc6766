import type { IncomingMessage } from 'node:http';
import { objectOf } from '../../../../handler/event/json';
import type { Access } from '../../../../local/policy';
import { namedIn } from './named';
import { lambdaAction, s3Action } from './rest-actions';

/** A request to AWS and what came back. */
export interface Exchange {
  readonly request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>;
  readonly body: Buffer;
  readonly answer: Buffer;
}

/** IAM calls a service as its signature does, but for one. */
const serviceNames: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/** Keys of conditions with what they hold. */
type Context = Readonly<Record<string, string>>;

/** The tags that keys were made with, by the id of the key, as conditions name them. */
export type KeyTags = Map<string, Context>;

/** What IAM would ask the policies of the caller for a request: an access for each resource that the request names. */
export function askedBy(exchange: Exchange, keyTags: KeyTags): readonly Access[] {
  const { service, operation, path } = operationOf(exchange);
  const body = exchange.body.toString('latin1');
  const action = `${service}:${operation}`;
  const resources = namedIn({ service, operation, path, body });
  const context = service === 'kms' ? keyContext(exchange, keyTags) : mappingContext(action, exchange);
  const named =
    resources.length === 0 ? [{ action, context }] : resources.map((it) => ({ action, resource: it, context }));
  const tagged = action === 'kms:CreateKey' && Object.keys(context).length > 0;
  return [...named, ...(tagged ? [{ action: 'kms:TagResource', context }] : []), ...rolesPassed(action, body)];
}

function operationOf({ request: { method = '', url = '/', headers }, body }: Exchange) {
  const [, signed = 'unknown'] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const service = serviceNames[signed] ?? signed;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const path = decodeURIComponent(pathname);
  const named =
    /\.(\w+)$/.exec(String(headers['x-amz-target'] ?? ''))?.[1] ??
    /\/operation\/(\w+)$/.exec(pathname)?.[1] ??
    (service === 's3' ? null : new URLSearchParams(body.toString('latin1')).get('Action'));
  const rest = { s3: s3Action, lambda: lambdaAction }[service];
  return { service, path, operation: named ?? rest?.(method, path, [...searchParams.keys()]) ?? `${method} ${path}` };
}

/** AWS asks of a mapping whose function it feeds; the answer names it. */
function mappingContext(action: string, { answer }: Exchange): Context {
  const functionArn = action.endsWith('EventSourceMapping') ? objectIn(answer)['FunctionArn'] : undefined;
  return typeof functionArn === 'string' ? { 'lambda:FunctionArn': functionArn } : {};
}

/** The tags that a key is made with, or those of the key that a request names. */
function keyContext({ body, answer }: Exchange, keyTags: KeyTags): Context {
  const { Tags, KeyId, TargetKeyId } = objectIn(body);
  const made = objectOf(objectIn(answer)['KeyMetadata'])?.['KeyId'];
  const id =
    String(KeyId ?? TargetKeyId)
      .split('/')
      .at(-1) ?? '';
  if (KeyId !== undefined || TargetKeyId !== undefined || !Array.isArray(Tags)) return keyTags.get(id) ?? {};
  const tags = (when: string) =>
    Object.fromEntries(Tags.map((it) => [`aws:${when}Tag/${it.TagKey}`, String(it.TagValue)] as const));
  keyTags.set(String(made), tags('Resource'));
  return tags('Request');
}

function objectIn(json: Buffer): Readonly<Record<string, unknown>> {
  const text = json.toString();
  return text.startsWith('{') ? (objectOf(JSON.parse(text)) ?? {}) : {};
}

/** Who makes what acts in a role gives it that role. */
function rolesPassed(action: string, body: string): readonly Access[] {
  const takes =
    /^(lambda|firehose):(CreateFunction|UpdateFunctionConfiguration|CreateDeliveryStream|UpdateDestination)$/;
  const [, service] = takes.exec(action) ?? [];
  if (service === undefined) return [];
  const context = { 'iam:PassedToService': `${service}.amazonaws.com` };
  const roles = new Set(body.match(/arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+/g));
  return [...roles].map((resource) => ({ action: 'iam:PassRole', resource, context }));
}
