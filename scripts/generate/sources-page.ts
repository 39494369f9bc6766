import { detailTypesOf } from '../../handler/event/pattern';
import type { Source } from '../../handler/normalise/source';
import { code, page, table } from './markdown';

/** How many detail-types a row of the README may hold; more would hide the other rows. */
const mostDetailTypes = 4;

/** One row per source, for the README. */
export function sourcesTable(sources: readonly Source[]): string {
  return table(
    ['service', '`service_type`', 'events'],
    sources.map(({ title, name, pattern }) => [title, code(name), eventsOf(detailTypesOf(pattern))]),
  );
}

function eventsOf(detailTypes: readonly string[]): string {
  if (detailTypes.length <= mostDetailTypes) return detailTypes.map(code).join(', ');
  return `${detailTypes.length} of them, see [docs/sources.md](docs/sources.md)`;
}

const narrowedExample = `sources: {
  glue_crawler: false,
  glue_job: { names: { include: ['orders-*', 'customers'] }, alertOn: ['failed', 'timeout', 'stopped'] },
  step_functions: { names: { exclude: ['tmp-*'] } },
  athena_query: { workgroups: { include: ['etl'] } },
},`;

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
    '## Off, or only some of it',
    'In `config.ts` a source is switched off, or narrowed to what is wanted. It is said in the rule, so what is not wanted ' +
      'costs nothing:',
    `\`\`\`ts\n${narrowedExample}\n\`\`\``,
    '`include` and `exclude` hold names, or globs in which `*` stands for any characters; letters count as they are ' +
      'written. Which filters a source has stands below. Each compares a field of the event as the ' +
      'service sends it, which stands beside it, and so not always the `service_name` that a row shows: the whole name of a ' +
      'Batch job, `load-2025-03-10`, say, where the row says `load`. [coverage.md](coverage.md#service-by-service) tells ' +
      'where the two differ. An event that lacks the field is not included, and not excluded. ' +
      'Where the field is a list, one value that is included takes the event, and only an event all of whose values are ' +
      'excluded is left out. A rule cannot ' +
      'say both "these" and "but not those" of one field: where an included and an excluded glob could be met by one ' +
      'name, the synthesis says so. `alertOn` is what is told in Slack of this source, in place of that ' +
      "of the installation. EventBridge refuses a pattern with very many stars as too complex; prefer few, at a name's end.",
    ...sources.flatMap(section),
  );
}

function section({ title, name, pattern, filters = {}, onRequest }: Source): readonly string[] {
  const words = Object.entries(filters)
    .map(([word, { path }]) => `${code(word)} (${code(path.join('.'))})`)
    .join(', ');
  const facts = [
    `\`service_type\`: ${code(name)}`,
    onRequest === true
      ? `captured only with ${code(`sources: { ${name}: true }`)}, or filters, in \`config.ts\``
      : `switch its rule off with ${code(`sources: { ${name}: false }`)} in \`config.ts\``,
    ...(words === '' ? [] : [`filters: ${words}`]),
  ];
  return [`## ${title}`, facts.join(' · '), `\`\`\`json\n${jsonWithShortLists(pattern)}\n\`\`\``];
}

/** JSON over several lines, but lists of plain values on one. */
function jsonWithShortLists(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/\[\s+([^[\]{}]+?)\s+\]/g, (_, items: string) => {
    return `[${items.replace(/,\n\s*/g, ', ')}]`;
  });
}
