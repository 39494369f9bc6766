import { listenOnLoopback } from '../../../handler/loopback';

/** As much of AWS as a plan of new resources asks: who am I, and which digest has the image. */
export interface AwsStub {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const digest = `sha256:${'0'.repeat(64)}`;

/** Starts the stub on the loopback; `account` is the one whose credentials it takes the caller's for. */
export function startAwsStub(account: string): Promise<AwsStub> {
  return listenOnLoopback(({ request, response }) => {
    const target = String(request.headers['x-amz-target'] ?? '');
    response.end(target === '' ? identity(account) : JSON.stringify(registry(target, account)));
  });
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
