import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import type { Installation } from './config';
import { policyOf, type Statement } from './policy';

interface ServiceRoleProps {
  readonly name: string;
  /** Who may take the role on, for example `lambda.amazonaws.com`. */
  readonly service: string;
  readonly may: readonly Statement[];
  readonly only?: Statement['Condition'];
}

/** A role of one AWS service with exactly the permissions that it is given. */
export class ServiceRole extends Construct {
  readonly arn: string;
  /** What uses the role waits for it: AWS checks the permissions when the user of a role is created. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, { config }: Installation, props: ServiceRoleProps) {
    super(scope, id);
    const trust: Statement = { Principal: { Service: props.service }, Action: 'sts:AssumeRole' };
    const role = new IamRole(this, 'role', {
      name: props.name,
      path: config.rolePath,
      assumeRolePolicy: policyOf([props.only === undefined ? trust : { ...trust, Condition: props.only }]),
      ...(config.permissionsBoundary === undefined ? {} : { permissionsBoundary: config.permissionsBoundary }),
    });
    this.policy = new IamRolePolicy(this, 'policy', {
      name: 'permissions',
      role: role.id,
      policy: policyOf(props.may),
    });
    this.arn = role.arn;
  }
}
