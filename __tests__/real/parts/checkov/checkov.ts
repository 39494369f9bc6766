import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonPackages } from '../cache';
import { runCommand } from '../command';

/** A check of checkov that a resource does not pass. */
export interface Finding {
  readonly id: string;
  readonly resource: string;
  readonly title: string;
}

/** What checkov says of a plan. */
export interface Scan {
  readonly passed: number;
  readonly failed: readonly Finding[];
}

/** A check that the Terraform says it does without, and why. */
export interface Skip {
  readonly id: string;
  readonly resource: string;
  readonly reason: string;
}

type Json = Readonly<Record<string, unknown>>;

/** `aws_sqs_queue` → `capture_persist_queue` → what is declared of it. */
type Resources = Readonly<Record<string, Readonly<Record<string, Json>>>>;

interface Plan {
  readonly planned_values: {
    readonly root_module: {
      readonly resources: readonly { readonly type: string; readonly name: string; readonly values?: Json }[];
    };
  };
}

interface Report {
  readonly summary?: { readonly passed: number; readonly parsing_errors: number };
  readonly results?: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly resource: string;
      readonly check_name: string;
    }[];
  };
}

/**
 * Runs checkov over the plan of a stack, as `terraform show -json` prints it, in a folder for its input.
 * @throws Error when it could not read the plan.
 */
export function scanPlan(plan: string, terraform: string, folder: string): Scan {
  const input = join(folder, 'plan.json');
  writeFileSync(input, withPolicies(plan, terraform));
  const packages = pythonPackages(join(__dirname, 'checkov.txt'));
  const options = ['--framework', 'terraform_plan', '--compact', '--quiet', '--output', 'json', '--skip-download'];
  const output = runCommand('python3', ['-m', 'checkov.main', '--file', input, ...options, '--soft-fail'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, PYTHONPATH: packages },
  });
  const { summary, results } = JSON.parse(output) as Report;
  if (summary === undefined || results === undefined || summary.parsing_errors > 0) {
    throw new Error(`checkov could not read the plan ${input}:\n${output.slice(0, 2000)}`);
  }
  const failed = results.failed_checks.map(({ check_id, resource, check_name }) => ({
    id: check_id,
    resource,
    title: check_name,
  }));
  return { passed: summary.passed, failed };
}

/** The checks that the resources of a stack do without, as `infra/skip-checks.ts` writes them. */
export function skipsIn(terraform: string): readonly Skip[] {
  return Object.entries(resourcesOf(terraform)).flatMap(([type, made]) =>
    Object.entries(made).flatMap(([name, declared]) => {
      const comment = declared['//'] as { readonly checkov?: { readonly skip: readonly SkipComment[] } } | undefined;
      const skips = comment?.checkov?.skip ?? [];
      return skips.map(({ id, comment: reason }) => ({ id, resource: `${type}.${name}`, reason }));
    }),
  );
}

interface SkipComment {
  readonly id: string;
  readonly comment: string;
}

/** A plan does not know policies that hold ARNs of what is not there yet; they are filled in as the Terraform has them. */
function withPolicies(plan: string, terraform: string): string {
  const declared = resourcesOf(terraform);
  const read = JSON.parse(plan) as Plan;
  const resources = read.planned_values.root_module.resources.map((resource) => {
    const policy = declared[resource.type]?.[resource.name]?.['policy'];
    return { ...resource, values: { ...(policy === undefined ? {} : { policy }), ...resource.values } };
  });
  return JSON.stringify({
    ...read,
    planned_values: { root_module: { ...read.planned_values.root_module, resources } },
  });
}

function resourcesOf(terraform: string): Resources {
  return (JSON.parse(terraform) as { readonly resource: Resources }).resource;
}
