import { arrivalOf, entryOf, eventsIn } from './entry';
import { type InputEvent, readEvents } from './events';
import { createGlue, type Glue } from './glue';

/** What a first pass over the input tells, before anything enters the pipeline. */
export interface Survey {
  /** The first time that the input tells: the clock starts there; null when it tells none. */
  readonly firstAt: number | null;
  /** Glue, as far as the input shows it. */
  readonly glue: Glue;
}

/** Reads the whole input once; `realNow` is the machine's clock. */
export async function surveyInput(files: readonly string[], realNow: number): Promise<Survey> {
  const glue = createGlue();
  let firstAt: number | null = null;
  for await (const input of readEvents(files)) {
    firstAt ??= arrivalOf(input, realNow);
    if (isOfGlueJob(input)) eventsIn(entryOf(input)).forEach(glue.learn);
  }
  return { firstAt, glue };
}

/** However deep it is wrapped, an event of a run names its type; nothing else is opened twice. */
function isOfGlueJob({ text }: InputEvent): boolean {
  return text.includes('Glue Job ');
}
