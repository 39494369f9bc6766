import { createSilences } from '../../../handler/alert/silences';
import { worldWith } from '../process-world';

const prefix = 'silence/';

/** The object of a silence. */
function silence(number: number) {
  const match = { name: [`job ${number}`] };
  return JSON.stringify({ match, until: '2026-01-06T00:00:00Z', reason: `ticket ${number}` });
}

test('silences are read however many there are, each once', async () => {
  const { world, deeds } = worldWith();
  for (let number = 0; number < 1_001; number++) deeds.objects.set(`${prefix}${number}.json`, silence(number));
  let gets = 0;
  const get = (key: string) => {
    gets += 1;
    return world.ports.objects.get(key);
  };
  const ports = { objects: { ...world.ports.objects, get } };
  const readSilences = createSilences(prefix);

  const first = await readSilences({ ports, log: world.log });
  const second = await readSilences({ ports, log: world.log });

  expect(first).toHaveLength(1_001);
  expect(second).toEqual(first);
  expect(gets).toBe(1_001);
});

test('what is no silence silences nothing, and holds up none of the others', async () => {
  const { world, deeds } = worldWith();
  deeds.objects.set(`${prefix}broken.json`, '{"match":');
  deeds.objects.set(`${prefix}right.json`, silence(1));

  const found = await createSilences(prefix)(world);

  expect(found.map(({ reason }) => reason)).toEqual(['ticket 1']);
});

test('silences that cannot be listed silence nothing, and the log says so', async () => {
  const { world, deeds } = worldWith();
  const objects = { ...world.ports.objects, list: () => Promise.reject(new Error('SlowDown')) };

  const found = await createSilences(prefix)({ ports: { objects }, log: world.log });

  expect(found).toEqual([]);
  expect(deeds.lines.join('\n')).toContain('nothing is silenced');
});
