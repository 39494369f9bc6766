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
      return (value) => typeof value === 'string' && value.toLowerCase() === operand.toLowerCase();
    case 'wildcard': {
      const expression = wildcardExpression(operand, path);
      return (value) => typeof value === 'string' && expression.test(value);
    }
    default:
      throw invalidPattern(`${path} has the operator ${operator}, which is not supported`);
  }
}

/** `*` stands for any characters; a backslash takes a star or a backslash as it is, and may stand before nothing else. */
function wildcardExpression(wildcard: string, path: string): RegExp {
  const parts = wildcard.match(/\\.?|\*+|[^\\*]+/gs) ?? [];
  const odd = parts.find((part) => part.startsWith('**') || /^\\(?![*\\])/.test(part));
  if (odd !== undefined) {
    throw invalidPattern(`${path} has the wildcard ${wildcard} with ${odd}; right are *, \\* and \\\\`);
  }
  const source = parts.map((part) =>
    part === '*' ? '.*' : part.replace(/^\\(.)$/s, '$1').replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'),
  );
  return new RegExp(`^${source.join('')}$`, 's');
}
