import { detailTypesOf } from '../../handler/event/pattern';
import type { Source } from '../../handler/normalise/source';
import { code, page, table } from './markdown';

/** One row per source, for the README. */
export function sourcesTable(sources: readonly Source[]): string {
  return table(
    ['service', '`service_type`', 'events'],
    sources.map(({ title, name, pattern }) => [title, code(name), detailTypesOf(pattern).map(code).join(', ')]),
  );
}

/** `docs/sources.md`: what each source captures, with the pattern that decides it. */
export function sourcesPage(sources: readonly Source[]): string {
  return page(
    '# Sources',
    'A source is one service whose runs are captured: one file in `handler/normalise/sources/`, one EventBridge rule. ' +
      'The rule in AWS and the handler use the same pattern, which is printed here. Where a service has a state field, ' +
      'the pattern excludes the intermediate states that are known (`anything-but`), so that a state which AWS adds ' +
      'later is captured too. What a state becomes is in the file of the source. The columns are in ' +
      '[record.md](record.md), what AWS does not tell in [coverage.md](coverage.md), and how to add a source in ' +
      '[adding-a-source.md](adding-a-source.md).',
    ...sources.flatMap(section),
  );
}

function section({ title, name, pattern }: Source): readonly string[] {
  return [
    `## ${title}`,
    `\`service_type\`: ${code(name)} · switch its rule off with ${code(`sources: { ${name}: false }`)} in \`config.ts\``,
    `\`\`\`json\n${jsonWithShortLists(pattern)}\n\`\`\``,
  ];
}

/** JSON over several lines, but lists of plain values on one. */
function jsonWithShortLists(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/\[\s+([^[\]{}]+?)\s+\]/g, (_, items: string) => {
    return `[${items.replace(/,\n\s*/g, ', ')}]`;
  });
}
