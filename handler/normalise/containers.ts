import { type JsonObject, objectOf, textOf } from '../event/json';
import { wholeNumberOf } from './text';

/** One container of an ECS task or a Batch job: how it ended, as far as the service says. */
export interface Container {
  readonly name: string | null;
  /** Null for a container that never ran. */
  readonly exitCode: number | null;
  readonly reason: string | null;
}

/** Names that AWS gives to containers that it adds; a random text follows. */
const injected = /^(?:aws-guardduty-agent|ecs-service-connect)-|^~internal~ecs~/;

/** Names that companions bear by convention. */
const companions: ReadonlySet<string> = new Set(
  [
    ['adot', 'adot-collector', 'aws-otel-collector', 'otel', 'otel-agent', 'otel-collector', 'otel-sidecar'],
    ['opentelemetry-collector', 'splunk-otel-collector', 'aws-xray-daemon', 'xray', 'xray-daemon'],
    ['cloudwatch-agent', 'cwagent', 'datadog', 'datadog-agent', 'dd-agent', 'newrelic-infra', 'vault-agent'],
    ['firelens', 'fluent-bit', 'fluentbit', 'fluentd', 'log-router', 'envoy', 'envoy-proxy'],
  ].flat(),
);

/** No task has as many ("Amazon ECS service quotas": ten, and what AWS adds); an event that lists more is a mistake. */
const mostContainers = 50;

/**
 * The containers of a task as ECS, Batch, or the `cause` of a state machine (with capitals) tell of them; where a Batch
 * job itself says nothing of their end, those of its last attempt.
 */
export function containersIn(task: JsonObject): readonly Container[] {
  const holders = [task, listIn(task, 'attempts').at(-1), listIn(task, 'eksAttempts').at(-1)];
  const found = holders.map((holder) => containersBelow(objectOf(holder)));
  return found.find((containers) => containers.some((it) => it.exitCode !== null || it.reason)) ?? found[0] ?? [];
}

/**
 * Whether containers say that their task did its work: by the one that is there for it, else by all. Companions do not
 * decide, unless there is nothing else. What ended beside the one that decides does no harm, unless it broke down; where
 * none stands out, one that was killed may be the one that mattered. One that never ran decides nothing beside others.
 */
export function haveSucceeded(containers: readonly Container[], family: string | null = null): boolean {
  const deciding = decidingOf(containers);
  const main = mainOf(deciding, family);
  const codes = main ? [main.exitCode] : deciding.flatMap(({ exitCode }) => exitCode ?? []);
  return (
    codes.length > 0 &&
    codes.every((code) => code === 0) &&
    !deciding.some(({ reason }) => reason !== null && /(?:Error|Exception)\b/.test(reason))
  );
}

/** The only container, or the one that bears the name of its family. */
function mainOf(deciding: readonly Container[], family: string | null): Container | undefined {
  const named = (name: string | null) => name !== null && family !== null && plainOf(name) === plainOf(family);
  return deciding.length === 1 ? deciding[0] : deciding.find(({ name }) => named(name));
}

/** A field whose name Step Functions capitalises in a `cause`. */
function fieldIn(fields: JsonObject | null, name: string): unknown {
  return fields?.[name] ?? fields?.[name.replace(/^./, (letter) => letter.toUpperCase())];
}

/** A text of a task, whose name is capitalised in a `cause`. */
export function textIn(fields: JsonObject | null, name: string): string | null {
  return textOf(fieldIn(fields, name));
}

function listIn(fields: JsonObject | null, name: string): readonly unknown[] {
  const list = fieldIn(fields, name);
  return Array.isArray(list) ? list : [];
}

/** Below `containers` (ECS, EKS), `container` (a plain Batch job), or the properties of a Batch job's tasks and pods. */
function containersBelow(holder: JsonObject | null): readonly Container[] {
  const ecs = objectOf(fieldIn(holder, 'ecsProperties'));
  const pod = objectOf(fieldIn(objectOf(fieldIn(holder, 'eksProperties')), 'podProperties'));
  const tasks = [holder, pod, ...listIn(holder, 'taskProperties'), ...listIn(ecs, 'taskProperties')].map(objectOf);
  const plain = objectOf(fieldIn(holder, 'container'));
  const listed = [...(plain ? [plain] : []), ...tasks.flatMap((task) => listIn(task, 'containers'))];
  return listed.slice(0, mostContainers).flatMap((value) => {
    const fields = objectOf(value);
    return fields
      ? [
          {
            name: textIn(fields, 'name'),
            exitCode: wholeNumberOf(fieldIn(fields, 'exitCode')),
            reason: textIn(fields, 'reason'),
          },
        ]
      : [];
  });
}

/** The containers that decide what a task has come to: all but companions, unless there is nothing else. */
export function decidingOf(containers: readonly Container[]): readonly Container[] {
  const deciding = containers.filter(({ name }) => name === null || !isCompanion(name));
  return deciding.length > 0 ? deciding : containers;
}

function isCompanion(name: string): boolean {
  return injected.test(name) || companions.has(plainOf(name));
}

function plainOf(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
