import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As much of AWS as a plan of new resources asks: who am I, and which digest has the image. */
export interface AwsStub {
  readonly url: string;
  readonly close: () => void;
}

const digest = `sha256:${'0'.repeat(64)}`;

/** Starts the stub on the loopback; `account` is the one whose credentials it takes the caller's for. */
export async function startAwsStub(account: string): Promise<AwsStub> {
  const server = createServer((request, response) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    request
      .resume()
      .on('end', () => response.end(target === '' ? identity(account) : JSON.stringify(registry(target, account))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => void server.close() };
}

function identity(account: string): string {
  const result = `<Account>${account}</Account><Arn>arn:aws:iam::${account}:root</Arn><UserId>${account}</UserId>`;
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`;
}

function registry(target: string, account: string): unknown {
  const repository = { registryId: account, repositoryName: 'datalake-monitoring' };
  const repositoryUri = `${account}.dkr.ecr.eu-central-1.amazonaws.com/datalake-monitoring`;
  if (target.endsWith('DescribeRepositories')) return { repositories: [{ ...repository, repositoryUri }] };
  return { imageDetails: [{ ...repository, imageDigest: digest, imageTags: ['x'], imagePushedAt: 1_700_000_000 }] };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
