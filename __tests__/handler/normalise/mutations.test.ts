import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../../handler/event/json';
import { mutationsOf } from './mutations';
import { faultsOf, read, readFixtures, readPublicSamples } from './samples';

const perSample = 1_000;

/** The lines of the example day, one of each shape: of a hundred Glue runs the first tells as much as all. */
function exampleLines() {
  const lines = readFileSync(join(__dirname, '../../../examples/day.jsonl'), 'utf8').trimEnd().split('\n');
  const byShape = new Map(lines.map((line, at) => [shapeOf(line), { name: `examples, line ${at + 1}`, line }]));
  return [...byShape.values()].map(({ name, line }) => ({ name, folder: 'examples', input: parseJson(line) ?? line }));
}

/** A line's keys, without its values. */
function shapeOf(line: string): string {
  return (line.match(/"(?:[^"\\]|\\.)*":/g) ?? [line]).join('');
}

const samples = [...readFixtures(), ...readPublicSamples(), ...exampleLines()];
const folders = [...new Set(samples.map(({ folder }) => folder))];

/** What is wrong with the outcome of an input, in words; null when it became valid records or went to quarantine. */
function faultIn(input: unknown): string | null {
  try {
    const { records, refused } = read(input);
    const faults = [
      ...records.flatMap(faultsOf),
      ...refused
        .filter(({ reason }) => reason === '' || reason.startsWith('it could not be read'))
        .map(({ reason }) => `quarantined for "${reason}"`),
      ...(records.length + refused.length === 0 && !isEmptyBatch(input) ? ['it is lost'] : []),
    ];
    return faults.length === 0 ? null : faults.join('; ');
  } catch (error) {
    return `it throws ${error}`;
  }
}

function isEmptyBatch(input: unknown): boolean {
  const { Records: records } = (input ?? {}) as { readonly Records?: unknown };
  return Array.isArray(records) && records.length === 0;
}

describe.each(folders)('every sample of %s', (folder) => {
  it('is a valid record or in quarantine with its reason, however any of its fields is dropped, retyped, nested or lengthened', () => {
    const faults: string[] = [];
    for (const { name, input } of samples.filter((sample) => sample.folder === folder)) {
      for (const mutation of mutationsOf(input, perSample)) {
        const fault = faultIn(mutation);
        if (fault !== null) faults.push(`${name}: ${fault}: ${JSON.stringify(mutation)?.slice(0, 600)}`);
        if (faults.length >= 5) break;
      }
    }

    expect(faults).toEqual([]);
  }, 300_000);
});
