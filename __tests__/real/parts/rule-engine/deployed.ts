import { readFileSync } from 'node:fs';
import { isScheduled, readRules, readTopics } from '../../../../local/terraform-capture';
import { readTerraform } from '../../../../local/terraform-references';

/** A rule as Terraform would create it. */
export interface DeployedRule {
  readonly name: string;
  readonly pattern: unknown;
  /** Why it sees no event at all; null for one that does. */
  readonly idle: string | null;
}

/**
 * The rules over events in the Terraform of the monitoring stack, each pattern as EventBridge would get it.
 * @throws Error naming the rule that has no target, or whose pattern the handler could not match with.
 */
export function deployedRules(path: string): readonly DeployedRule[] {
  const terraform = readTerraform(JSON.parse(readFileSync(path, 'utf8')));
  const rules = readRules(terraform, readTopics(terraform));
  const overEvents = terraform.ofType('aws_cloudwatch_event_rule').filter((rule) => !isScheduled(rule));
  return overEvents.map((resource, at) => ({
    name: terraform.text(resource, 'name'),
    pattern: unescaped(terraform.json(resource, 'event_pattern')),
    idle: rules[at]?.idle ?? null,
  }));
}

/** Terraform writes `%{` for the `%%{` that `verbatim` made; its `$${` is resolved with the references. */
function unescaped(pattern: unknown): unknown {
  return JSON.parse(JSON.stringify(pattern).replaceAll('%%{', '%{'));
}
