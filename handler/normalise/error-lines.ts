/** The line of a text that tells the cause, and whether it stood where the error was raised, with the stack's frames. */
export interface CauseLine {
  readonly line: string;
  readonly isRaised: boolean;
}

/** A frame of Java, Node.js or .NET, and one of Python. */
const frame = /^\s+at \S/;
const pythonFrame = /^\s*File "[^"]*", line \d/;
const traceback = 'Traceback (most recent call last)';

/** What a tool prints above an error that it only passes on, so that the next line belongs to it. */
const heading = /:$|^(?:Database|Runtime|Compilation|Parsing) Error(?: in .{1,300})?$/;

/** An error of a class that ends like one, or that only looks like one: what Node.js prints below the failed code. */
const surelyError = /^(?:[\w$]+\.)*[\w$]*(?:Error|Exception)\b/;
const maybeError = /^[A-Z][\w$.]*: /;

/**
 * The line that says what happened: of a Python traceback what was raised last, of a Java trace (alone, or brought by
 * PySpark) the deepest cause, of a script that SageMaker ran what the script said, else the first.
 */
export function causeLine(text: string): CauseLine {
  const { line, isRaised } = withFrames(linesOf(scriptError(text) ?? text));
  return { line: withinLine(line), isRaised };
}

function withFrames(lines: readonly string[]): CauseLine {
  const raised = raisedIn(lines);
  const brought = raised === undefined || raised.startsWith('py4j.') ? thrownIn(lines) : undefined;
  const line = brought ?? raised ?? printedAbove(lines);
  return line === undefined ? { line: headOf(lines), isRaised: false } : { line: line.trim(), isRaised: true };
}

/** The lines that hold something. A trace that came as one line, its line breaks spelt out, is taken apart. */
function linesOf(text: string): readonly string[] {
  const isSpelt = !text.includes('\n') && (text.includes(`${traceback}:\\n`) || text.includes('\\n\\tat '));
  const lines = isSpelt ? text.replaceAll('\\t', '\t').split('\\n') : text.split(/\r?\n/);
  const isGroup = text.includes(`Exception Group ${traceback}`);
  return (isGroup ? lines.map((line) => line.replace(margin, '')) : lines).filter((line) => line.trim() !== '');
}

/** What Python draws to the left of errors that were raised as a group, and between them. */
const margin = /^ {0,40}(?:[|+] ?)?(?:[-+][-+ \d]*$)?/;

/**
 * What a Python traceback ends in: the first line after its last frame; the message may go on after that. Lambda's logs
 * have it above.
 */
function raisedIn(lines: readonly string[]): string | undefined {
  const lastFrame = lines.findLastIndex((line) => pythonFrame.test(line));
  if (lastFrame === -1 && !lines.some((line) => line.includes(traceback))) {
    return undefined;
  }
  const isPrinted = (line: string) => !/^\s/.test(line) && !line.includes(traceback);
  return lines.slice(lastFrame + 1).find(isPrinted) ?? lines.findLast(isPrinted);
}

/** What a Java trace says last, what PySpark prints of it behind a colon, or the innermost `cause` that Node.js prints. */
function thrownIn(lines: readonly string[]): string | undefined {
  const line =
    lines.findLast((it) => it.startsWith('Caused by: ')) ??
    lines.find((it) => it.startsWith(': ')) ??
    lines.findLast((it) => /^\s+\[cause\]: /.test(it));
  return line?.replace(/^(?:Caused by|\s+\[cause\])?: /, '').replace(/ \{$/, '');
}

/** The error above the first frame of a stack; Node.js prints the line of code before it. */
function printedAbove(lines: readonly string[]): string | undefined {
  const firstFrame = lines.findIndex((line) => frame.test(line));
  const above = lines.slice(0, Math.max(0, firstFrame));
  const like = (form: RegExp) => above.find((line) => form.test(line.slice(0, 2_000)));
  return like(surelyError) ?? like(maybeError) ?? above[0];
}

/** The first line, with the next where the first is only a heading. */
function headOf(lines: readonly string[]): string {
  const [first = '', second] = lines.slice(0, 2).map((line) => line.trim());
  if (second === undefined || first.length > 1_000 || !heading.test(first)) {
    return first;
  }
  return `${first.replace(/:$/, '')}: ${/^-+$/.test(second) ? belowRule(lines) : second}`;
}

/** What Redshift prints below a rule, one field a line: the error, and in which context. */
function belowRule(lines: readonly string[]): string {
  const field = (name: string) =>
    lines
      .slice(0, 20)
      .map((line) => line.trim())
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  return [field('error'), field('context')].filter(Boolean).join(': ');
}

/** What a script said that SageMaker ran: `ErrorMessage "…"`, up to the command that is quoted below it. */
function scriptError(text: string): string | null {
  const begin = text.indexOf('\nErrorMessage "');
  if (begin === -1) {
    return null;
  }
  const end = text.indexOf('\nCommand "', begin);
  const said = text.slice(begin + '\nErrorMessage "'.length, end === -1 ? undefined : end).trim();
  return said === '"' ? null : said.replace(/"$/, '');
}

/** What Spark says of the task or the stage that it tried again until it gave up. */
const sparksReason = /most recent failure(?:: Lost task [^)]{1,200}\)(?: \([^)]{1,200}\))?| reason): (\S.*)/i;

/** Exceptions of Java that only carry another one: their message is its class and its message. */
const wrappers =
  /^(?:(?:[\w$]+\.)+[\w$]*(?:Exception|Error): ){1,20}(?=(?:[\w$]+\.)+[\w$]*(?:Exception|Error)(?:: |$))/;

/** What Redshift's driver for Python prints: the fields of the server's answer, the message among them. */
const redshiftFields = /^([\w.]+Error: )\{'S': .*?'M': (?:'((?:[^'\\]|\\.){1,1000})'|"((?:[^"\\]|\\.){1,1000})")/;

/** The cause inside a line: of what Spark gave up, of an exception that carries another one (Java, .NET). */
function withinLine(line: string): string {
  const parts = (sparksReason.exec(line.slice(0, 20_000))?.[1] ?? line).split(' ---> ');
  const inner = parts.findLast((part) => surelyError.test(part.slice(0, 2_000))) ?? parts[0] ?? line;
  const wrapped = wrappers.exec(inner.slice(0, 5_000))?.[0] ?? '';
  const fields = redshiftFields.exec(inner.slice(0, 5_000));
  return fields === null ? inner.slice(wrapped.length) : `${fields[1]}${fields[2] ?? fields[3]}`;
}
