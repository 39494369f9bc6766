import { parseExpression, UnsuitableExpression } from './expression';
import { costOf } from './expression-cost';
import { mayBeEmpty } from './expression-shape';

/** How often a pattern may look at each character of the worst text, and all of them together. */
const most = { each: 2_000, together: 10_000 };

/**
 * Redaction comes before reading: an event whose source, state or time is taken out is no event any more, and all those
 * whose id is taken out are the same one.
 */
const needed: Readonly<Record<string, string>> = {
  'the source': 'aws.glue',
  'the state': 'FAILED',
  'the state of a success': 'SUCCEEDED',
  'the time': '2026-01-31T02:30:00Z',
  'the region': 'eu-west-1',
  'the account': '111122223333',
  'the id of an event or a request': '6f1c2a7e-3b0d-4e58-9a41-c7d2e8f90b13',
  'the id of a Glue run': 'jr_8544b13b1fc22f2892fd19e952847839a68aadfd06661cdd06234bf2237c5976',
  'the ARN of an execution':
    'arn:aws:states:eu-west-1:111122223333:execution:nightly:6f1c2a7e-3b0d-4e58-9a41-c7d2e8f90b13',
};

/** What is wrong with the patterns of redaction; one sentence each, with the place. */
export function redactionProblems(patterns: readonly string[]): readonly string[] {
  const judged = patterns.map(judge);
  const problems = judged.flatMap((it, at) =>
    typeof it === 'string' ? [`config.ts: redaction.patterns[${at}] is ${JSON.stringify(patterns[at])}; it ${it}`] : [],
  );
  const together = judged.reduce<number>((sum, it) => sum + (typeof it === 'number' ? it : 0), 0);
  if (problems.length > 0 || together <= most.together) return problems;
  return [
    'config.ts: redaction.patterns can take very long together on a hostile text; have fewer of them, or say shorter repetitions',
  ];
}

/** The cost of a pattern, or why it cannot be used. */
function judge(pattern: string): number | string {
  const expression = compiled(pattern);
  if (typeof expression === 'string') return expression;
  try {
    const part = parseExpression(pattern);
    if (mayBeEmpty(part)) return 'matches the empty text; make it take at least one character';
    const { work } = costOf(part);
    if (work > most.each) return 'can take very long on a hostile text; say shorter repetitions, or fewer of them';
    const lost = Object.entries(needed).find(([, text]) => expression.test(text));
    return lost === undefined
      ? work
      : `also takes out ${lost[0]}, as in ${lost[1]}, which events cannot do without; make it say more`;
  } catch (error) {
    if (error instanceof UnsuitableExpression) return error.message;
    throw error;
  }
}

/** The pattern as an expression, or why it is none. */
function compiled(pattern: string): RegExp | string {
  if (/^\/.+\/[a-z]*$/.test(pattern))
    return 'stands between slashes, which are taken for what it looks for; leave them out';
  try {
    return new RegExp(pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `is no regular expression (${why.replace(/^Invalid regular expression: /, '')})`;
  }
}
