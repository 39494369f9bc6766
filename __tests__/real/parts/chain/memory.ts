import type { Incident } from '../../../../handler/alert/decide/incident';
import { mapInGroups } from '../../../../handler/groups';
import { taskIdentity } from '../../../../handler/record/identity';
import { decodeNotification, type Notification, shortHash } from '../../../../handler/record/notification';
import { prefixes } from '../../../../infra/names';
import type { AwsCall } from '../emulator/aws';
import type { Chain } from './chain';
import { keysBelow, textOf } from './delivered-rows';

/** A task as its incident knows it. */
export type Task = Parameters<typeof taskIdentity>[0];

/** All that the ledger in a bucket holds. */
export async function readNotifications(call: AwsCall, bucket: string): Promise<readonly Notification[]> {
  const keys = await keysBelow(call, bucket, prefixes.notifications);
  return mapInGroups(keys, async (key) => {
    const found = decodeNotification(await textOf(call, bucket, key));
    if (found === null) throw new Error(`${key} is no notification`);
    return found;
  });
}

/** What the ledger holds of a task, by the time at which it was taken up. */
export async function notificationsOf({ call, installation }: Chain, task: string): Promise<readonly Notification[]> {
  const all = await readNotifications(call, installation.names.bucket);
  return all
    .filter(({ service_name }) => service_name === task)
    .sort((a, b) => Date.parse(a.claimed_at) - Date.parse(b.claimed_at));
}

/** What is remembered of a task that failed; null where there is nothing. */
export async function incidentOf({ call, installation }: Chain, task: Task): Promise<Incident | null> {
  const { bucket } = installation.names;
  const keys = await keysBelow(call, bucket, keyOf(task));
  return keys.length === 0 ? null : (JSON.parse(await textOf(call, bucket, keyOf(task))) as Incident);
}

/** Changes what is remembered of a task, as if time had passed. */
export async function changeIncident(chain: Chain, task: Task, change: (before: Incident) => Incident): Promise<void> {
  const before = await incidentOf(chain, task);
  if (before === null) throw new Error(`Nothing is remembered of ${task.service_name}`);
  const { bucket } = chain.installation.names;
  await chain.call('s3', 'PutObject', { Bucket: bucket, Key: keyOf(task), Body: JSON.stringify(change(before)) });
}

function keyOf(task: Task): string {
  return `${prefixes.incidents}${shortHash(taskIdentity(task))}.json`;
}
