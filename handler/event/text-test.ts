import { invalidPattern } from './pattern';

/** One of EventBridge's operators on texts, with what it compares to, and where in the pattern it stands. */
export interface TextCondition {
  readonly operator: string;
  readonly operand: unknown;
  readonly path: string;
}

/**
 * Compiles a condition on texts.
 * @throws MonitorError `PATTERN_INVALID` for an operand that is no text, a wildcard that EventBridge refuses, or an
 * operator that we do not know.
 */
export function compileText({ operator, operand, path }: TextCondition): (value: unknown) => boolean {
  if (typeof operand !== 'string') {
    throw invalidPattern(`${path} has ${operator} of something that is not a text`);
  }
  switch (operator) {
    case 'prefix':
      return (value) => typeof value === 'string' && value.startsWith(operand);
    case 'suffix':
      return (value) => typeof value === 'string' && value.endsWith(operand);
    case 'equals-ignore-case':
      return matching(anyCaseExpression(operand, path));
    case 'wildcard':
      return matching(wildcardExpression(operand, path));
    default:
      throw invalidPattern(`${path} has the operator ${operator}, which is not supported`);
  }
}

function matching(expression: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && expression.test(value);
}

/** Each character of the operand in its lower or upper case, which may be two: `ß` is `SS`, too, but `SS` is no `ß`. */
function anyCaseExpression(text: string, path: string): RegExp {
  if (/[\ud800-\udfff]/.test(text)) {
    throw invalidPattern(
      `${path} has equals-ignore-case of ${text}, with a character that the rule engine takes for two`,
    );
  }
  const characters = text.split('').map((it) => `(?:${escaped(it.toLowerCase())}|${escaped(it.toUpperCase())})`);
  return new RegExp(`^${characters.join('')}$`, 's');
}

/** `*` stands for any characters; a backslash takes a star or a backslash as it is, and may stand before nothing else. */
function wildcardExpression(wildcard: string, path: string): RegExp {
  const parts = wildcard.match(/\\.?|\*+|[^\\*]+/gs) ?? [];
  const odd = parts.find((part) => part.startsWith('**') || /^\\(?![*\\])/.test(part));
  if (odd !== undefined) {
    throw invalidPattern(`${path} has the wildcard ${wildcard} with ${odd}; right are *, \\* and \\\\`);
  }
  const source = parts.map((part) => (part === '*' ? '.*' : escaped(part.replace(/^\\(.)$/s, '$1'))));
  return new RegExp(`^${source.join('')}$`, 's');
}

/** A text as an expression that is met by nothing else. */
function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
