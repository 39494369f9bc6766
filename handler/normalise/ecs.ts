import { type JsonObject, textOf } from '../event/json';
import type { EventType } from '../record/schema';
import { readArn } from './arn';
import { containersIn, haveSucceeded } from './containers';
import { eventTypeOf, type States } from './states';

const containerExited = 'EssentialContainerExited';

const states: States = new Map([['RUNNING', 'started']]);

/** Why tasks stop that did not end by themselves ("Stopped tasks error codes", ECS developer guide). */
const stopCodes: States = new Map([
  ['UserInitiated', 'stopped'],
  ['ServiceSchedulerInitiated', 'stopped'],
  ['SpotInterruption', 'failed'],
  ['TerminationNotice', 'failed'],
  ['TaskFailedToStart', 'failed'],
  ['InfrastructureHealth', 'failed'],
]);

/** What a task has come to. */
export function typeOfTask(task: JsonObject, state: string): EventType {
  return state === 'STOPPED' ? endOf(task) : eventTypeOf(states, state);
}

/**
 * What a stopped task has come to: by its stop code, and where a container ended it by the exit codes. The event does
 * not say which container is essential, so the one named like the family decides, else all that are not companions. Tasks of 2018 have no stop code.
 */
function endOf(task: JsonObject): EventType {
  const bySomebody = textOf(task['stoppedReason']) === 'Task stopped by user' ? 'UserInitiated' : null;
  const code = textOf(task['stopCode']) ?? bySomebody ?? containerExited;
  if (code !== containerExited) {
    return eventTypeOf(stopCodes, code);
  }
  return haveSucceeded(containersIn(task), familyOf(task['taskDefinitionArn'])) ? 'succeeded' : 'failed';
}

/** The family of a task definition, without its revision; null when the ARN is none. */
export function familyOf(definitionArn: unknown): string | null {
  return readArn(definitionArn)?.resource.replace(/^task-definition\/|:\d+$/g, '') || null;
}

/** The page of a task in the console, up to the name of the tab; null when its cluster is not told. */
export function taskPage(taskArn: string, clusterArn: unknown): string | null {
  const cluster = readArn(clusterArn)?.resource.replace(/^cluster\//, '');
  const id = readArn(taskArn)?.resource.split('/').at(-1);
  return cluster && id ? `ecs/v2/clusters/${encodeURIComponent(cluster)}/tasks/${encodeURIComponent(id)}` : null;
}
