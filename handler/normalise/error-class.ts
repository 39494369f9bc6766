/** How the class of an error stands in its message, in this order: the first form that fits. */
const forms: readonly RegExp[] = [
  // Python, Java and Node.js print it in front: `ValueError: …`, `java.io.IOException: …`.
  /^((?:[A-Za-z_$][\w$]*\.)*[A-Z_$][\w$]*(?:Error|Exception|Exit|Fault|Failure|Interrupt|Timedout|Timeout)|Exception)(?=$| ?:| [([])/,
  // With a package before it, a class may have any name: `psycopg2.errors.UndefinedTable: …`, `scala.MatchError`.
  /^((?:[A-Za-z_$][\w$]*\.)+[A-Z][\w$]*[a-z][\w$]*)(?=$|: )/,
  // In brackets, as SQLAlchemy prints what its driver said.
  /^\(((?:[a-z_]\w*\.)+[A-Z]\w*)\) /,
  // The AWS CLI and boto3, when they tell the message alone.
  /^An error occurred \((\w+)\) when calling /,
  // Spark's error conditions and Trino's error names: `[TABLE_OR_VIEW_NOT_FOUND] …`, `HIVE_BAD_DATA: …`.
  /^\[([A-Z][A-Z0-9_]*(?:\.[A-Z0-9_]+)*)\] /,
  /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?=: )/,
];

/** Of an error that was printed where it was raised, above or below its frames, all before the colon is the class. */
const raised = /^([A-Za-z_$][\w$.]*)(?=$|: )/;

/** Behind the message: the AWS SDKs for Java, and Ruby. */
const formsBehind: readonly RegExp[] = [
  /\(Service: [^;,()]{1,100}[;,] Status Code: \d+[;,] Error Code: (\w+)/,
  /\(([A-Z]\w*(?:Error|Exception))\)$/,
];

/** More than this of a message never decides. */
const front = 400;
const behind = 1_000;

/** The class of an error that its message plainly holds, or null. `isRaised`: it stood where it was raised. */
export function classIn(message: string, isRaised: boolean): string | null {
  const beginning = message.slice(0, front);
  return first(isRaised ? [...forms, raised] : forms, beginning) ?? first(formsBehind, message.slice(-behind));
}

function first(patterns: readonly RegExp[], text: string): string | null {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) {
      return found;
    }
  }
  return null;
}
