import { type JsonObject, objectOf, textOf } from '../event/json';
import { type ErrorText, readError } from './error-text';
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

/** What a shell or the kernel means by an exit code. */
const meanings: ReadonlyMap<number, string> = new Map([
  [126, 'the command cannot be executed'],
  [127, 'command not found'],
  [134, 'aborted'],
  [137, 'out of memory or killed'],
  [139, 'segmentation fault'],
  [143, 'asked to stop'],
]);

/** ECS asks the other containers to stop when an essential one has exited. */
const askedToStop = 143;

/** No task has as many ("Amazon ECS service quotas": ten, and what AWS adds); an event that lists more is a mistake. */
const mostContainers = 50;

/** What a service says of every task whose containers have more to tell. */
const generic = /^(?:Essential container in task exited|Task failed to start)\.?$/;

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
 * Whether containers say that their task did its work. Companions do not decide, unless there is nothing else; a
 * container that was asked to stop while another exited with 0 did no harm; one that never ran decides nothing.
 */
export function haveSucceeded(containers: readonly Container[]): boolean {
  const deciding = decidingOf(containers);
  const codes = deciding.flatMap(({ exitCode }) => exitCode ?? []);
  return (
    codes.includes(0) &&
    codes.every((code) => code === 0 || code === askedToStop) &&
    !deciding.some(({ reason }) => reason !== null && /(?:Error|Exception)\b/.test(reason))
  );
}

/**
 * Why a task ended: what the service says, then the containers that went wrong, with names, reasons and exit codes.
 * `given` is the service's class of end, for reasons that hold no class of their own.
 * @returns null when the service says nothing, and no container went wrong.
 */
export function readTaskError(task: JsonObject, given: string | null = null): ErrorText | null {
  const said = textIn(task, 'stoppedReason') ?? textIn(task, 'statusReason');
  const containers = containersIn(task);
  const deciding = decidingOf(containers);
  const ordered = [...deciding, ...containers.filter((it) => !deciding.includes(it))];
  const wrong = ordered
    .filter((it) => it.exitCode || (it.reason !== null && !generic.test(it.reason)))
    .map((it) => toldOf({ ...it, reason: it.reason !== null && said?.includes(it.reason) ? null : it.reason }))
    .filter((text) => text !== '');
  const first = said === null || (generic.test(said) && wrong.length > 0) ? null : readError(said).error_message;
  const message = [first?.replace(/\.$/, '') ?? [], wrong].flat().join('; ');
  const reasons = [said ?? [], ordered.map(({ reason }) => reason ?? [])].flat(2);
  const told = ordered.flatMap((it) => toldOf(it) || (it.name === null ? [] : `${it.name}: never ran`));
  return message === ''
    ? null
    : {
        error_type: reasons.map((reason) => readError(reason).error_type).find((type) => type !== null) ?? given,
        error_message: message,
        exception_details: [said ?? [], told].flat().join('\n'),
      };
}

/** A field whose name Step Functions capitalises in a `cause`. */
function fieldIn(fields: JsonObject | null, name: string): unknown {
  return fields?.[name] ?? fields?.[name.replace(/^./, (letter) => letter.toUpperCase())];
}

function textIn(fields: JsonObject | null, name: string): string | null {
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

function decidingOf(containers: readonly Container[]): readonly Container[] {
  const deciding = containers.filter(({ name }) => name === null || !isCompanion(name));
  return deciding.length > 0 ? deciding : containers;
}

function isCompanion(name: string): boolean {
  return injected.test(name) || companions.has(name.toLowerCase().replaceAll('_', '-'));
}

/** `load: OutOfMemoryError: …; exit code 137 (out of memory or killed)`; empty when there is nothing to tell. */
function toldOf({ name, exitCode, reason }: Container): string {
  const meaning = meanings.get(exitCode ?? 0);
  const code = exitCode === null ? [] : [`exit code ${exitCode}${meaning === undefined ? '' : ` (${meaning})`}`];
  const told = [reason ?? [], code].flat().join('; ');
  return name === null || told === '' ? told : `${name}: ${told}`;
}
