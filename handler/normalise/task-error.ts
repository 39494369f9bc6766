import type { JsonObject } from '../event/json';
import { type Container, containersIn, decidingOf, textIn } from './containers';
import { type ErrorText, readError } from './error-text';

/** What a shell or the kernel means by an exit code. */
const meanings: ReadonlyMap<number, string> = new Map([
  [126, 'the command cannot be executed'],
  [127, 'command not found'],
  [134, 'aborted'],
  [137, 'out of memory or killed'],
  [139, 'segmentation fault'],
  [143, 'asked to stop'],
]);

/** ECS asks the other containers to stop when an essential one has exited, and kills those that do not. */
const askedToStop = 143;
const killed = 137;

/** What a service says of every task whose containers have more to tell. */
const generic = /^(?:Essential container in task exited|Task failed to start)\.?$/;

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
  const causes = causesIn(deciding, ordered);
  const wrong = causes
    .map((it) => toldOf({ ...it, reason: it.reason !== null && said?.includes(it.reason) ? null : it.reason }))
    .filter((text) => text !== '');
  const first = said === null || (generic.test(said) && wrong.length > 0) ? null : readError(said).error_message;
  const message = [first?.replace(/\.$/, '') ?? [], wrong].flat().join('; ');
  const reasons = [said ?? [], causes.map(({ reason }) => reason ?? [])].flat(2);
  const told = ordered.flatMap((it) => toldOf(it) || (it.name === null ? [] : `${it.name}: never ran`));
  return message === ''
    ? null
    : {
        error_type: reasons.map((reason) => readError(reason).error_type).find((type) => type !== null) ?? given,
        error_message: message,
        exception_details: [said ?? [], told].flat().join('\n'),
      };
}

/**
 * The containers for which a task failed, by name, so that the same fault reads the same: the end of a task also ends
 * others, in any order and with any luck. Those come in only where nothing else went wrong.
 */
function causesIn(deciding: readonly Container[], all: readonly Container[]): readonly Container[] {
  const reasoned = ({ reason }: Container) => reason !== null && !generic.test(reason);
  const wrong = (it: Container) => Boolean(it.exitCode) || reasoned(it);
  const unasked = (it: Container) => wrong(it) && (it.exitCode !== askedToStop || reasoned(it));
  const own = (it: Container) => unasked(it) && (it.exitCode !== killed || reasoned(it));
  const found = [deciding.filter(own), deciding.filter(unasked), all.filter(unasked), all.filter(wrong)];
  const causes = found.find((them) => them.length > 0) ?? [];
  return causes.toSorted((one, other) => (one.name ?? '').localeCompare(other.name ?? '', 'en'));
}

/** `load: OutOfMemoryError: …; exit code 137 (out of memory or killed)`; empty when there is nothing to tell. */
function toldOf({ name, exitCode, reason }: Container): string {
  const meaning = meanings.get(exitCode ?? 0);
  const code = exitCode === null ? [] : [`exit code ${exitCode}${meaning === undefined ? '' : ` (${meaning})`}`];
  const told = [reason ?? [], code].flat().join('; ');
  return name === null || told === '' ? told : `${name}: ${told}`;
}
