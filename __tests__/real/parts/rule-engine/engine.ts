import { join } from 'node:path';
import { javaProgram } from '../cache';
import { runCommand } from '../command';

/** A pattern with the events that it is asked about. */
export interface Question {
  readonly pattern: unknown;
  readonly events: readonly unknown[];
}

/** What AWS's rule engine says: why it refuses the pattern, or which of the events it takes, in their order. */
export type Answer =
  | { readonly error: string; readonly matches?: never }
  | { readonly error: null; readonly matches: readonly boolean[] };

/** Asks AWS's rule engine (event-ruler), all questions in one start of Java. */
export function askEngine(questions: readonly Question[]): readonly Answer[] {
  const classPath = javaProgram('rule-engine', {
    pom: join(__dirname, 'pom.xml'),
    source: join(__dirname, 'RuleEngine.java'),
  });
  const lines = questions.map(({ pattern, events }) =>
    JSON.stringify({ pattern: JSON.stringify(pattern), events: events.map((event) => JSON.stringify(event)) }),
  );
  const java = ['-XX:TieredStopAtLevel=1', '-Dfile.encoding=UTF-8', '-cp', classPath, 'RuleEngine'];
  const printed = runCommand('java', java, { input: `${lines.join('\n')}\n` });
  const answers = printed.split('\n').filter((line) => line !== '');
  if (answers.length !== questions.length) {
    throw new Error(`The rule engine answered ${answers.length} of ${questions.length} questions`);
  }
  return answers.map((line) => JSON.parse(line) as Answer);
}
