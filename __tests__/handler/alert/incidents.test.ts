import { type Incident, noIncident } from '../../../handler/alert/decide/incident';
import { createIncidents } from '../../../handler/alert/incidents';
import type { Objects } from '../../../handler/ports';
import { type Instead, worldWith } from '../process-world';

const key = 'incident/one.json';

/** Counts one failure more. */
function countOne(before: Incident) {
  return { incident: { ...before, failures: before.failures + 1 }, result: before.failures + 1 };
}

function memory(instead: Instead = {}) {
  const { world, deeds } = worldWith(instead);
  return { ports: world.ports, deeds, incidents: createIncidents('incident/') };
}

/** The same objects, and the keys that were read. */
function watched(all: Objects) {
  const read: string[] = [];
  const get = (it: string) => {
    read.push(it);
    return all.get(it);
  };
  return { objects: { ...all, get }, read };
}

test('two that change an incident at the same time lose nothing of each other', async () => {
  const { ports, deeds, incidents } = memory();
  const other = createIncidents('incident/');

  const results = await Promise.all([
    ...Array.from({ length: 3 }, () => incidents.update(key, countOne, ports)),
    ...Array.from({ length: 3 }, () => other.update(key, countOne, ports)),
  ]);

  expect([...results].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  expect(JSON.parse(deeds.objects.get(key) ?? '')).toMatchObject({ failures: 6 });
});

test('a change that changes nothing is not written', async () => {
  const { ports, deeds, incidents } = memory();

  await incidents.update(key, (incident) => ({ incident, result: null }), ports);

  expect(deeds.objects.size).toBe(0);
});

test('one that loses every time says so, instead of writing over what others wrote', async () => {
  const { ports, incidents } = memory();
  const objects = { ...ports.objects, putIfAbsent: async () => null };

  await expect(incidents.update(key, countOne, { ...ports, objects })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('an incident is read once for each of its versions', async () => {
  const { ports, deeds, incidents } = memory();
  const { objects, read } = watched(ports.objects);
  deeds.objects.set(key, JSON.stringify({ ...noIncident, failures: 7 }));

  for (let times = 0; times < 3; times += 1) {
    await incidents.refresh({ objects });
    expect(await incidents.read(key, { objects })).toMatchObject({ failures: 7 });
  }
  deeds.objects.set(key, JSON.stringify({ ...noIncident, failures: 8 }));
  await incidents.refresh({ objects });
  const after = await incidents.read(key, { objects });

  expect(after).toMatchObject({ failures: 8 });
  expect(read).toEqual([key, key]);
});

test('a listing of thousands is read to its end, and tells what is there without a request each', async () => {
  const { ports, deeds, incidents } = memory();
  for (let at = 0; at < 2_500; at += 1) deeds.objects.set(`incident/${at}.json`, '{}');
  deeds.objects.set('incidents-of-others/x.json', '{}');

  await incidents.refresh(ports);

  expect(incidents.keys()).toHaveLength(2_500);
  expect([incidents.has('incident/2499.json'), incidents.has('incident/x.json')]).toEqual([true, false]);
});

test.each(['not JSON', '[]', '{"failures":3}'])(
  'an object that another version or a hand wrote (%s) is no fault',
  async (body) => {
    const { ports, deeds, incidents } = memory();
    deeds.objects.set(key, body);

    await incidents.refresh(ports);

    expect(await incidents.read(key, ports)).toMatchObject({ state: 'closed', decided: {}, awaited: [] });
  },
);

test('one that this process wrote last is not read again before it is changed', async () => {
  const { ports, incidents } = memory();
  const { objects, read } = watched(ports.objects);

  const counts = [];
  for (let times = 0; times < 3; times += 1) counts.push(await incidents.update(key, countOne, { ...ports, objects }));

  expect(counts).toEqual([1, 2, 3]);
  expect(read).toEqual([]);
});
