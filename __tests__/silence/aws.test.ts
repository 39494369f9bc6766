import { namesOf } from '../../infra/names';
import { awsPorts } from '../../silence/aws';
import { startServer } from '../handler/aws-server';

const before = { ...process.env };
const where = { account: '111122223333', region: 'eu-west-1' };
const names = namesOf({ ...where, name: 'team-a' });

afterEach(() => {
  process.env = { ...before };
});

test('a silence is written into the bucket of this installation alone, and only when it belongs to its account', async () => {
  const aws = await startServer(() => ({ status: 200, body: '' }));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  const ports = awsPorts({ ...where, names });

  await ports.write('silence/x.json', '{"reason":"é"}').finally(aws.close);

  const [request] = aws.received;
  expect(`${request?.headers.host}${request?.path}`).toContain('team-a-111122223333-eu-west-1-monitor');
  expect(request).toMatchObject({ method: 'PUT', path: expect.stringContaining('silence/x.json') });
  expect(request?.headers['x-amz-expected-bucket-owner']).toBe('111122223333');
  expect(request?.body).toContain('{"reason":"é"}');
});
