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

/** The action of a request to S3, as IAM names it without its service. */
export function s3Action(method: string, path: string, query: readonly string[]): string {
  const verb = method === 'HEAD' || method === 'GET' ? 'Get' : method === 'PUT' ? 'Put' : 'Delete';
  const [, bucket, key] = path.split('/');
  if (bucket === '' && verb === 'Get') return 'ListAllMyBuckets';
  if (key) return `${verb}Object${query.includes('tagging') ? 'Tagging' : ''}`;
  if (query.includes('versions')) return 'ListBucketVersions';
  if (method === 'POST') return 'DeleteObject';
  const part = query.find((name) => !/^(x-id|max-keys|list-type|prefix|marker)$/.test(name));
  if (part === undefined) return { Get: 'ListBucket', Put: 'CreateBucket', Delete: 'DeleteBucket' }[verb];
  // There is an action of its own for a bucket's policy and website only; the rest is deleted by the right to put.
  const right = verb === 'Delete' && !['policy', 'website'].includes(part) ? 'Put' : verb;
  return `${right}${bucketParts[part] ?? `Bucket${part.charAt(0).toUpperCase()}${part.slice(1)}`}`;
}

/** The action of a request to Lambda, as IAM names it without its service. */
export function lambdaAction(method: string, path: string): string {
  const [, , collection, name, part] = path.split('/');
  const verb = { GET: 'Get', POST: 'Create', PUT: 'Update', DELETE: 'Delete' }[method] ?? method;
  if (collection === 'tags') return { GET: 'ListTags', POST: 'TagResource' }[method] ?? 'UntagResource';
  if (collection === 'event-source-mappings') return `${verb}EventSourceMapping`;
  if (name === undefined || name === '') return method === 'GET' ? 'ListFunctions' : 'CreateFunction';
  if (part === 'versions') return 'ListVersionsByFunction';
  if (part === 'policy') return { GET: 'GetPolicy', POST: 'AddPermission' }[method] ?? 'RemovePermission';
  if (part === 'event-invoke-config' && method === 'PUT') return 'PutFunctionEventInvokeConfig';
  const words = (part ?? '').split('-').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return `${verb}Function${words.join('')}`;
}
