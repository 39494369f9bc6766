import type { StateRecord } from '../../record/schema';
import type { Match } from '../../settings';

const columnOf: Readonly<Record<keyof Match, keyof StateRecord>> = {
  service: 'service_type',
  name: 'service_name',
  account: 'account_id',
  region: 'region',
  errorType: 'error_type',
  fingerprint: 'error_fingerprint',
};

/** Whether a state change is one that a route or a silence is about. */
export function isAbout(match: Match, record: StateRecord): boolean {
  return (Object.keys(columnOf) as (keyof Match)[]).every((key) => {
    const globs = match[key];
    const value = record[columnOf[key]];
    return globs === undefined || (typeof value === 'string' && globs.some((glob) => fits(glob, value)));
  });
}

/** Whether a text is as a glob says, in which `*` stands for anything. In time that grows with both lengths only. */
export function fits(glob: string, text: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= text.length;
}
