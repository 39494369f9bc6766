import { registryOf, resourceOf, statementsOf } from '../stacks';

const stack = registryOf();

describe('the registry', () => {
  it('never lets a tag move, and scans what is pushed', () => {
    expect(resourceOf(stack, 'aws_ecr_repository', 'repository')).toMatchObject({
      name: 'datalake-monitoring',
      image_tag_mutability: 'IMMUTABLE',
      image_scanning_configuration: { scan_on_push: true },
    });
  });

  it('forgets untagged images only: a function may still run on a tagged one', () => {
    const policy = JSON.parse(String(resourceOf(stack, 'aws_ecr_lifecycle_policy', 'lifecycle')['policy'])) as {
      rules: readonly { selection: { tagStatus: string } }[];
    };

    expect(policy.rules.map(({ selection }) => selection.tagStatus)).toEqual(['untagged']);
  });

  it('lets Lambda read images for functions of this account', () => {
    expect(statementsOf(resourceOf(stack, 'aws_ecr_repository_policy', 'policy')['policy'])).toEqual([
      {
        Sid: 'LambdaECRImageRetrievalPolicy',
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Condition: { StringLike: { 'aws:sourceArn': 'arn:aws:lambda:eu-central-1:111122223333:function:*' } },
      },
    ]);
  });
});
