import { Testing } from 'cdktf';
import { type ConfigurationInput, readInstallation } from '../../infra/config';
import { RegistryStack } from '../../infra/registry/stack';
import { MonitoringStack } from '../../infra/stack';
import { breakageOf, broken } from '../contracts/breakage';

/** The arguments of one resource, as Terraform reads them. */
export type Resource = Readonly<Record<string, unknown>>;

/** A synthesised stack, parsed. */
export interface Stack {
  readonly text: string;
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly provider: Readonly<Record<string, readonly Resource[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
}

/** One statement of a policy, as it stands in the Terraform. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: unknown;
}

const here = { ACCOUNT: '111122223333', REGION: 'eu-central-1' };

/** The stack `monitoring` of an installation. */
export function monitoringOf(config: ConfigurationInput = {}, where: Record<string, string> = here): Stack {
  return parse(
    Testing.synth(new MonitoringStack(Testing.app(), 'monitoring', readInstallation(config, where))),
    'monitoring',
  );
}

/** The stack `registry` of an installation. */
export function registryOf(config: ConfigurationInput = {}, where: Record<string, string> = here): Stack {
  return parse(
    Testing.synth(new RegistryStack(Testing.app(), 'registry', readInstallation(config, where))),
    'registry',
  );
}

/** All resources of a type, by their ids. */
export function resourcesOf(stack: Stack, type: string): Readonly<Record<string, Resource>> {
  return stack.resource[type] ?? {};
}

/** One resource; it fails the test when there is none. */
export function resourceOf(stack: Stack, type: string, id: string): Resource {
  const resource = resourcesOf(stack, type)[id];
  if (resource === undefined) throw new Error(`No ${type}.${id}; there are ${Object.keys(resourcesOf(stack, type))}`);
  return resource;
}

/** How Terraform writes a reference to `aws_sqs_queue.name.arn`. */
export function ref(address: string): string {
  return `\${${address}}`;
}

/** The statements of a policy attribute. */
export function statementsOf(policy: unknown): readonly Statement[] {
  return (JSON.parse(String(policy)) as { Statement: readonly Statement[] }).Statement;
}

/** A value that may be one or many, as many. */
export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function parse(synthesised: string, stack: 'registry' | 'monitoring'): Stack {
  const text = broken(synthesised, stack, breakageOf(process.env));
  return { text, ...(JSON.parse(text) as Omit<Stack, 'text'>) };
}
