import { mapInGroups } from '../groups';
import { askForMissing, tellOfMissing } from './missing';
import { remind } from './reminders';
import { settle, type Telling } from './telling';

/** Does what falls due by itself: retries that never came, and reminders with their counts. */
export async function tick(telling: Telling): Promise<void> {
  const { incidents, ports } = telling;
  await incidents.refresh(ports);
  // One that cannot be read holds up none of the others.
  const all = await mapInGroups(incidents.keys(), async (key) => ({
    key,
    incident: await settle([], telling, () => incidents.read(key, ports)),
  }));
  const found = all.flatMap(({ key, incident }) => (incident === null ? [] : [{ key, incident }]));
  // A Slack that is slow must not use up the time for asking Glue.
  const missing = await askForMissing(found, telling);
  await remind(found, telling);
  await tellOfMissing(missing, telling);
}
