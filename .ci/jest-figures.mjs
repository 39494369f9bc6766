// Prints "passed failed skipped" of a jest run, from the file that `--json --outputFile` wrote and jest's exit status.
import { existsSync, readFileSync } from 'node:fs';

const [file, status] = process.argv.slice(2);
const found = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
const passed = found?.numPassedTests ?? 0;
const skipped = (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0);
const counted = (found?.numFailedTests ?? 0) + (found?.numRuntimeErrorTestSuites ?? 0);
// A run that ended badly, or that tested nothing at all, has failed even where it counted no failure.
const failed = counted === 0 && (status !== '0' || passed + skipped === 0) ? 1 : counted;
console.log(passed, failed, skipped);
