import { objectOf } from '../../../../handler/event/json';
import { guidePlace } from './place';

/** A request to AWS, as far as it names what it concerns. */
interface Naming {
  readonly service: string;
  /** As IAM names it without its service. */
  readonly operation: string;
  readonly path: string;
  readonly body: string;
}

/**
 * What a name in a request stands behind in an ARN, by service and parameter, with the operation before it where others
 * mean something else by it; a name that is an ARN is taken as it is.
 */
const forms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  athena: { WorkGroup: 'workgroup/', 'CreateWorkGroup/Name': 'workgroup/', ResourceARN: '' },
  cloudwatch: { AlarmName: 'alarm:', AlarmNames: 'alarm:', ResourceARN: '' },
  ecr: { repositoryName: 'repository/', resourceArn: '' },
  events: { Name: 'rule/', Rule: 'rule/', ResourceARN: '' },
  firehose: { DeliveryStreamName: 'deliverystream/' },
  glue: { ResourceArn: '' },
  kms: { AliasName: '', KeyId: 'key/', TargetKeyId: 'key/' },
  lambda: { 'CreateFunction/FunctionName': 'function:' },
  logs: { logGroupName: 'log-group:', resourceArn: '' },
  secretsmanager: { 'CreateSecret/Name': 'secret:', SecretId: 'secret:' },
  sns: { Name: '', TopicArn: '', ResourceArn: '' },
  sqs: { QueueName: '' },
};

/** The ARNs of what a request names; none where it names nothing that IAM knows as a resource. */
export function namedIn(naming: Naming): readonly string[] {
  const { service, operation, path, body } = naming;
  if (service === 's3') return path === '/' ? [] : [`arn:aws:s3:::${path.slice(1).replace(/\/$/, '')}`];
  const told = (name: string) => parameter(body, name);
  const inParameters = Object.entries(forms[service] ?? {}).flatMap(([key, before]) => {
    const [name = key, only = operation] = key.split('/').reverse();
    const value = only === operation ? told(name) : null;
    return value === null ? [] : [arn(service, before, value)];
  });
  return [...inParameters, ...elsewhere(naming, told)];
}

/** What does not stand in a parameter as it is: paths, addresses of queues, tables in their databases. */
function elsewhere({ service, operation, path }: Naming, told: (name: string) => string | null): readonly string[] {
  const [, , collection, ...rest] = path.split('/');
  const queue = told('QueueUrl')?.split('/').at(-1);
  const role = told('RoleName');
  const dashboard = told('DashboardName') ?? told('DashboardNames');
  if (service === 'lambda' && collection === 'tags') return [rest.join('/')];
  if (service === 'lambda' && collection === 'functions' && rest[0]) return [arn('lambda', 'function:', rest[0])];
  if (service === 'lambda' && collection === 'event-source-mappings' && rest[0]) {
    return [arn('lambda', 'event-source-mapping:', rest[0])];
  }
  if (service === 'sqs' && queue !== undefined) return [arn('sqs', '', queue)];
  if (service === 'iam' && role !== null) return [`arn:aws:iam::${guidePlace.account}:role/${role}`];
  if (service === 'cloudwatch' && dashboard !== null) {
    return [`arn:aws:cloudwatch::${guidePlace.account}:dashboard/${dashboard}`];
  }
  return service === 'glue' && !operation.includes('Tag') ? catalogued(operation, told) : [];
}

/** Glue asks of whatever contains a table, too. */
function catalogued(operation: string, told: (name: string) => string | null): readonly string[] {
  const [name, database] = [told('Name') ?? told('TableName'), told('DatabaseName')];
  const catalogue = arn('glue', '', 'catalog');
  if (database === null) return [catalogue, ...(name === null ? [] : [arn('glue', 'database/', name)])];
  const table = name === null ? [] : [arn('glue', 'table/', `${database}/${name}`)];
  return [catalogue, arn('glue', 'database/', database), ...(operation.includes('Table') ? table : [])];
}

function arn(service: string, before: string, name: string): string {
  if (name.startsWith('arn:')) return name;
  const { account, region } = guidePlace;
  // Secrets Manager puts six characters of its own behind a name.
  return `arn:aws:${service}:${region}:${account}:${before}${name}${service === 'secretsmanager' ? '-AbCdEf' : ''}`;
}

/** A parameter of a request in JSON, at the top or in the `…Input` of it, in the query protocol, or in CBOR. */
function parameter(body: string, name: string): string | null {
  if (body.startsWith('{')) {
    const request = objectOf(JSON.parse(body)) ?? {};
    const inputs = Object.entries(request).flatMap(([key, value]) => (key.endsWith('Input') ? [objectOf(value)] : []));
    const value = [request, ...inputs].map((it) => it?.[name]).find((it) => it !== undefined);
    return typeof value === 'string' ? value : null;
  }
  return inCbor(body, name) ?? new URLSearchParams(body).get(name);
}

/** A text, or the first of several, behind its name in CBOR: a byte with its length, or `x` and a byte. */
function inCbor(body: string, name: string): string | null {
  const key = String.fromCharCode(0x60 + name.length) + name;
  const [, rest] = body.split(key, 2);
  const [, short, long, text = ''] = /^[\x80-\x9f]?(?:([\x60-\x77])|x([\s\S]))([\s\S]*)/.exec(rest ?? '') ?? [];
  const length = short === undefined ? long?.charCodeAt(0) : short.charCodeAt(0) - 0x60;
  return length === undefined ? null : text.slice(0, length);
}
