import * as fc from 'fast-check';
import type { JsonObject } from '../../../handler/event/json';
import { inputs } from './changed-inputs';
import { read, readFixtures, recordOf } from './samples';

describe('a Lambda record', () => {
  const bare = readFixtures().filter(({ folder, input }) => folder === 'lambda' && isRecord(input));

  it.each(bare.map(({ name, input }): [string, unknown] => [name, input]))(
    'has one identity, wrapped by EventBridge or not: %s',
    (_, input) => {
      const wrapped = {
        id: '1',
        source: 'lambda',
        'detail-type': 'Lambda Function Invocation Result - Failure',
        detail: input,
      };

      expect(recordOf(wrapped).event_id).toBe(recordOf(input).event_id);
    },
  );

  it('has an identity of its own for each function, request and condition', () => {
    const [record] = bare;
    const context = {
      functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:a',
      requestId: 'r',
      condition: 'Success',
    };
    const others = [
      context,
      { ...context, requestId: 's' },
      { ...context, condition: 'RetriesExhausted' },
      { ...context, functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:b' },
    ];

    const ids = others.map((requestContext) => recordOf({ ...(record?.input as JsonObject), requestContext }).event_id);

    expect(new Set(ids).size).toBe(4);
  });

  it('is never searched for events in what the function got', () => {
    const events = fc.constantFrom(...inputs);

    fc.assert(
      fc.property(fc.constantFrom(...bare), events, ({ input }, requestPayload) => {
        const { records, refused } = read({ ...(input as JsonObject), requestPayload });

        expect(refused).toEqual([]);
        expect(records).toEqual(read(input).records);
      }),
    );
  });
});

function isRecord(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'requestContext' in input;
}
