import { compilePattern } from '../../../handler/event/match';
import { readMessages } from '../../../handler/event/message';
import { unwrap } from '../../../handler/event/unwrap';
import { sources } from '../../../handler/normalise/sources.generated';
import { narrow } from '../../../infra/capture/narrowing';
import { readFixtures, readPublicSamples } from '../../handler/normalise/samples';

const samples = [...readFixtures(), ...readPublicSamples()].flatMap(({ name, input }) =>
  readMessages(input)
    .flatMap(({ body, attributes }) => unwrap(body, attributes))
    .flatMap((occurrence) => ('event' in occurrence ? [{ name, event: occurrence.event }] : [])),
);

const filters = sources.flatMap((source) =>
  Object.keys(source.filters ?? {}).map((word) => ({ source, word, filter: `${source.name}.${word}` })),
);

describe.each(filters)('$filter, where it excludes what never occurs', ({ source, word }) => {
  it.each(['named-by-nobody', 'named-by-nobody-*', '*-named-by-nobody'])('(%s) loses no event', (glob) => {
    const takes = compilePattern(source.pattern);
    const taken = samples.filter(({ event }) => takes(event));

    const { pattern, problems } = narrow(source, { [word]: { exclude: [glob] } });
    const takesStill = compilePattern(pattern);

    expect(problems).toEqual([]);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.filter(({ event }) => !takesStill(event)).map(({ name }) => name)).toEqual([]);
  });
});
