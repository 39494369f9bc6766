import type { Configuration } from '../config-check';
import { matchProblems } from './matching';

/** What is wrong with silences and maintenance; one sentence each, with the place. */
export function quietProblems(config: Configuration): readonly string[] {
  const { silences, maintenance } = config;
  return [
    ...silences.flatMap(({ match, from, until }, at) => {
      const where = `config.ts: silences[${at}]`;
      const order =
        from === undefined || from < until
          ? []
          : [`${where} ends on ${until}, not after it begins on ${from}; set until to a later time`];
      return [...matchProblems(match, `${where}.match`, config), ...order];
    }),
    ...maintenance.flatMap(({ match }, at) => matchProblems(match, `config.ts: maintenance[${at}].match`, config)),
  ];
}

/** Which silences and maintenance are over; one sentence each. */
export function quietNotes({ silences, maintenance }: Configuration, now: Date): readonly string[] {
  const ends = [
    ...silences.map(({ until }, at) => ({ what: `silences[${at}]`, end: until })),
    ...maintenance.map(({ ends: end = null }, at) => ({ what: `maintenance[${at}]`, end })),
  ];
  return ends.flatMap(({ what, end }) =>
    end !== null && end <= now.toISOString() ? [`${what} ended on ${end}: take it out of config.ts.`] : [],
  );
}
