import * as fc from 'fast-check';
import { encode } from '../../../handler/record/encode';
import { limits } from '../../../handler/record/schema';
import { changedInput } from './changed-inputs';
import { faultsOf, read } from './samples';

describe('whatever arrives', () => {
  it('becomes valid records or goes to quarantine with a reason, and never stops the function', () => {
    fc.assert(
      fc.property(changedInput, (input) => {
        const { records, refused } = read(input);

        expect(records.length + refused.length).toBeGreaterThan(0);
        expect(records.flatMap(faultsOf)).toEqual([]);
        expect(refused.filter(({ reason }) => reason === '' || reason.startsWith('it could not be read'))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('reads the same a second time', () => {
    fc.assert(
      fc.property(changedInput, (input) => {
        expect(read(structuredClone(input))).toEqual(read(input));
      }),
      { numRuns: 300 },
    );
  });

  it('fits its columns, and is well-formed text of bounded size', () => {
    fc.assert(
      fc.property(changedInput, (input) => {
        for (const record of read(input).records) {
          const text = encode(record);

          expect(text.length).toBeLessThan(500_000);
          expect(Buffer.from(text).toString()).toBe(text);
          expect(text).not.toMatch(/\\ud[89a-f]/);
          for (const name of ['error_message', 'exception_details', 'detail'] as const) {
            expect(record[name]?.length ?? 0).toBeLessThanOrEqual(limits[name]);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('may be any JSON, or no JSON at all', () => {
    const body = fc.oneof(fc.json(), fc.string({ unit: 'binary' }));

    fc.assert(
      fc.property(body, (text) => {
        const input = { Records: [{ eventSource: 'aws:sqs', messageId: 'm-1', body: text }] };

        expect(read(input).refused).toHaveLength(1);
      }),
    );
  });
});
