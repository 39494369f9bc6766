import { createAwsPorts } from '../../handler/aws';
import { type Answer, type Received, startServer } from './aws-server';

/** What withAws sets, so that the SDK finds the server and asks nobody else. */
const variables = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** The ports of production against a server in AWS's place, which answers each request by this function. */
export async function withAws<T>(
  answer: (request: Received) => Answer | 'reset' | null,
  use: (ports: ReturnType<typeof createAwsPorts>) => Promise<T>,
) {
  const before = { ...process.env };
  const aws = await startServer(answer);
  Object.assign(process.env, { ...variables, AWS_ENDPOINT_URL: aws.url });
  const environment = { BUCKET: 'monitor', DELIVERY_STREAM: 'stream', SECRET_ID: 'datalake-monitoring' };
  try {
    return {
      result: await use(createAwsPorts({ ...environment, QUEUE_URL: `${aws.url}/111122223333/q` })),
      received: aws.received,
    };
  } finally {
    process.env = before;
    await aws.close();
  }
}

/** An answer of AWS's JSON protocols. */
export function json(body: unknown, status = 200): Answer {
  return { status, body: JSON.stringify(body), headers: { 'content-type': 'application/x-amz-json-1.1' } };
}
