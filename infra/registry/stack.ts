import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { EcrRepositoryPolicy } from '@cdktf/provider-aws/lib/ecr-repository-policy';
import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import { BaseStack } from '../base-stack';
import type { Installation } from '../config';
import { policyOf } from '../policy';
import { skipChecks } from '../skip-checks';

/** An image of a build that broke off is kept so long. A tagged one never expires: a function may still run on it. */
const untaggedDays = 14;

/** Where the image lies. A stack of its own, because the image must be there before the functions are made. */
export class RegistryStack extends BaseStack {
  constructor(scope: Construct, id: 'registry', installation: Installation) {
    super(scope, id, installation);
    const { account, region, partition, names } = installation;
    const repository = new EcrRepository(this, 'repository', {
      name: names.repository,
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      // Images are built from the code again at any time, so none stands in the way of a destroy.
      forceDelete: true,
    });
    skipChecks(repository, {
      CKV_AWS_136: 'The image holds code and no data; ECR encrypts it with keys of S3, and cannot change that later',
    });
    new EcrLifecyclePolicy(this, 'lifecycle', { repository: repository.name, policy: JSON.stringify(lifecycle()) });
    new EcrRepositoryPolicy(this, 'policy', {
      repository: repository.name,
      policy: policyOf([
        {
          // Under this Sid Lambda looks for the permission, and adds it if it is not there.
          Sid: 'LambdaECRImageRetrievalPolicy',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
          Condition: { StringLike: { 'aws:sourceArn': `arn:${partition}:lambda:${region}:${account}:function:*` } },
        },
      ]),
    });
    new TerraformOutput(this, 'repository_url', { value: repository.repositoryUrl });
  }
}

function lifecycle() {
  return {
    rules: [
      {
        rulePriority: 1,
        description: `Untagged images expire after ${untaggedDays} days`,
        selection: {
          tagStatus: 'untagged',
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: untaggedDays,
        },
        action: { type: 'expire' },
      },
    ],
  };
}
