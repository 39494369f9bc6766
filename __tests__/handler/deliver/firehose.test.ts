import fc from 'fast-check';
import { deliver } from '../../../handler/deliver/firehose';
import type { Ports } from '../../../handler/ports';
import { worldWith } from '../process-world';

/** Sizes of rows, most of them small, some as large as the columns allow. */
const size = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 30, max: 3_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 3_000, max: 150_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 150_000, max: 500_000 }) },
);

/** Rows that number themselves, `{"n":7,"x":"ééé…"}`, of two bytes a letter. */
function rowsOf(sizes: readonly number[]) {
  return sizes.map((bytes, n) => ({ text: `{"n":${n},"x":"${'é'.repeat(Math.floor(bytes / 2))}"}`, owner: n }));
}

const numbersIn = (records: readonly string[]) =>
  records.flatMap((record) => [...record.matchAll(/\{"n":(\d+),/g)].map(([, n]) => Number(n)));

/** Ports whose stream takes everything and remembers it. */
function taking(ports: Ports) {
  const puts: (readonly string[])[] = [];
  const putRecordBatch = async (records: readonly string[]) => {
    puts.push(records);
    return records.map(() => null);
  };
  return { puts, ports: { ...ports, putRecordBatch } };
}

function expectWithinLimits(puts: readonly (readonly string[])[]): void {
  for (const records of puts) {
    const bytes = records.map((it) => Buffer.byteLength(it));
    expect(records.length).toBeLessThanOrEqual(500);
    expect(bytes.reduce((sum, it) => sum + it, 0)).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(1_000 * 1024);
  }
}

test('any rows are sent once, in order, within the limits of Firehose', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(size, { maxLength: 60 }), async (sizes) => {
      const { world, deeds } = worldWith();
      const rows = rowsOf(sizes);
      const { puts, ports } = taking(world.ports);

      const undelivered = await deliver(rows, { ports, log: world.log });

      expect(undelivered.size).toBe(0);
      expect(numbersIn(puts.flat())).toEqual(rows.map(({ owner }) => owner));
      expectWithinLimits(puts);
      expect(deeds.lines).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('thousands of large rows too', async () => {
  const { world } = worldWith();
  const { puts, ports } = taking(world.ports);

  await deliver(rowsOf(Array.from({ length: 4_000 }, (_, at) => 2_000 + ((at * 7_919) % 60_000))), {
    ports,
    log: world.log,
  });

  expect(numbersIn(puts.flat())).toEqual(Array.from({ length: 4_000 }, (_, at) => at));
  expectWithinLimits(puts);
});

test('small rows share a record, because Firehose bills each one rounded up to 5 KiB', async () => {
  const { world } = worldWith();
  const { puts, ports } = taking(world.ports);
  const rows = rowsOf(Array.from({ length: 500 }, () => 1_200));

  await deliver(rows, { ports, log: world.log });

  const bytes = puts.flat().map((it) => Buffer.byteLength(it));
  const billed = bytes.reduce((sum, it) => sum + Math.ceil(it / 5_120) * 5_120, 0);
  expect(puts).toHaveLength(1);
  expect(billed / bytes.reduce((sum, it) => sum + it, 0)).toBeLessThan(1.06);
});

test('whatever Firehose refuses, each row is taken or its owner is named, and none is sent after it was taken', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(size, { maxLength: 40 }), fc.infiniteStream(fc.nat(9)), async (sizes, luck) => {
      const { world } = worldWith();
      const rows = rowsOf(sizes);
      const taken: number[] = [];
      const putRecordBatch = async (records: readonly string[]) => {
        if (luck.next().value === 0) throw new Error('slow down');
        return records.map((it) => {
          const takes = Number(luck.next().value) >= 4;
          if (takes) taken.push(...numbersIn([it]));
          return takes ? null : 'InternalFailure';
        });
      };

      const undelivered = await deliver(rows, { ports: { ...world.ports, putRecordBatch }, log: world.log });

      expect([...taken, ...undelivered].sort((a, b) => a - b)).toEqual(rows.map(({ owner }) => owner));
    }),
    { numRuns: 60 },
  );
});
