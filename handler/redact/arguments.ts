import { redacted } from './pattern';
import { telling } from './values';
import { secretName, secretOption } from './words';

/** Commands, with the word after them, whose option `-p` or `-P` takes a password. */
const commands = {
  '-p': /^(?:\S{0,256}\/)?(?:sshpass|beeline|(?:docker|podman|oc|az) login)(?: |$)/,
  '-P': /^(?:\S{0,256}\/)?(?:sqlcmd|bcp|(?:un)?zip)(?: |$)/,
};

const value = new RegExp(`^${telling}`, 'i');

/** Whether an element of a list is a secret: after its option, or after its name in a list of just the two. */
export function isSecretArgument(values: readonly unknown[], at: number): boolean {
  const before = values[at - 1];
  if (isLike(before, secretOption)) return true;
  if (before === '-p' || before === '-P') return commands[before].test(values.slice(0, 2).join(' '));
  return at === 1 && values.length === 2 && isLike(before, secretName) && isLike(values[1], value);
}

/** An argument without the password that is a part of it. */
export function withoutPassword(left: unknown, values: readonly unknown[], at: number): unknown {
  if (isLike(values[at - 1], /^(?:-u|--user)$/) && isLike(left, /^[^:\s]{1,128}:(?!\d+$)/)) {
    return String(left).replace(/:[\s\S]*/, `:${redacted}`);
  }
  return isLike(values[0], /^(?:\S{0,256}\/)?mysql\w{0,16}$/) && isLike(left, /^-p./) ? `-p${redacted}` : left;
}

/** Whether a value is a text that the expression matches. */
export function isLike(it: unknown, expression: RegExp): boolean {
  return typeof it === 'string' && expression.test(it);
}
