import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy before an emulator of AWS that notes what is asked of it. */
export interface Recorder {
  readonly url: string;
  /** The actions that were asked for, as IAM names them, for example `sqs:CreateQueue`; in order of the alphabet. */
  readonly actions: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts a recorder on the loopback. */
export async function startRecorder(emulator: string): Promise<Recorder> {
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      seen.add(actionOf(request, body.toString('latin1')));
      const { method = 'GET', url = '/', headers } = request;
      const onward = httpRequest(new URL(url, emulator), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    actions: () => [...seen].sort(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** IAM calls a service as its signature does, but for one. */
const serviceNames: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

function actionOf({ method = '', url = '/', headers }: IncomingMessage, body: string): string {
  const [, signed = 'unknown'] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const service = serviceNames[signed] ?? signed;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const named =
    /\.(\w+)$/.exec(String(headers['x-amz-target'] ?? ''))?.[1] ??
    /\/operation\/(\w+)$/.exec(pathname)?.[1] ??
    (service === 's3' ? null : new URLSearchParams(body).get('Action'));
  if (named !== null) return `${service}:${named}`;
  if (service === 's3') return `s3:${s3Action(method, pathname, [...searchParams.keys()])}`;
  if (service === 'lambda') return `lambda:${lambdaAction(method, pathname)}`;
  return `${service}:${method} ${pathname}`;
}

/** What a bucket's part is called in actions, where it is not called as in the request. */
const bucketParts: Readonly<Record<string, string>> = {
  accelerate: 'AccelerateConfiguration',
  acl: 'BucketAcl',
  cors: 'BucketCORS',
  encryption: 'EncryptionConfiguration',
  lifecycle: 'LifecycleConfiguration',
  'object-lock': 'BucketObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  publicAccessBlock: 'BucketPublicAccessBlock',
  replication: 'ReplicationConfiguration',
  requestPayment: 'BucketRequestPayment',
};

function s3Action(method: string, path: string, query: readonly string[]): string {
  const verb = method === 'HEAD' || method === 'GET' ? 'Get' : method === 'PUT' ? 'Put' : 'Delete';
  const [, , key] = path.split('/');
  if (key) return `${verb}Object${query.includes('tagging') ? 'Tagging' : ''}`;
  if (query.includes('versions')) return 'ListBucketVersions';
  if (method === 'POST') return 'DeleteObject';
  const part = query.find((name) => !/^(x-id|max-keys|list-type|prefix|marker)$/.test(name));
  if (part === undefined) return { Get: 'ListBucket', Put: 'CreateBucket', Delete: 'DeleteBucket' }[verb];
  // There is an action of its own for a bucket's policy and website only; the rest is deleted by the right to put.
  const right = verb === 'Delete' && !['policy', 'website'].includes(part) ? 'Put' : verb;
  return `${right}${bucketParts[part] ?? `Bucket${part.charAt(0).toUpperCase()}${part.slice(1)}`}`;
}

function lambdaAction(method: string, path: string): string {
  const [, , collection, name, part] = path.split('/');
  const verb = { GET: 'Get', POST: 'Create', PUT: 'Update', DELETE: 'Delete' }[method] ?? method;
  if (collection === 'tags') return { GET: 'ListTags', POST: 'TagResource' }[method] ?? 'UntagResource';
  if (collection === 'event-source-mappings') return `${verb}EventSourceMapping`;
  if (name === undefined || name === '') return method === 'GET' ? 'ListFunctions' : 'CreateFunction';
  if (part === 'versions') return 'ListVersionsByFunction';
  const words = (part ?? '').split('-').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return `${verb}Function${words.join('')}`;
}
