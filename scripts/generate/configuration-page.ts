import { variables } from '../../handler/environment';
import { metricNames } from '../../handler/metrics';
import { configurationKeys } from '../../infra/config';
import { code, page, plain, table } from './markdown';

/** `docs/configuration.md`: the keys of config.ts, the variables of the functions, and their metrics. */
export function configurationPage(): string {
  return page(
    '# Configuration',
    '## `config.ts`',
    'The one file to edit. It is checked when the stacks are synthesised: an unknown key or a value of the wrong form ' +
      'is an error that names the nearest right one. A key without default may be left out.',
    table(
      ['key', 'type', 'default', 'meaning'],
      configurationKeys.map((key) => [
        code(key.path),
        plain(key.type),
        key.default === null ? '' : code(key.default),
        key.meaning,
      ]),
    ),
    '`ACCOUNT` (twelve digits) and `REGION` come from the environment and say where the installation belongs.',
    '## Environment variables of the functions',
    'Terraform sets them; nobody else needs to. A function that lacks one says so and does not start.',
    table(
      ['variable', 'functions', 'meaning'],
      Object.entries(variables).map(([name, { functions, meaning }]) => [code(name), functions.join(', '), meaning]),
    ),
    '## Metrics of the functions',
    "In the installation's own CloudWatch namespace, dimension `service` with the function's name, unit Count, or Seconds where the name says so.",
    table(
      ['metric', 'meaning'],
      Object.entries(metricNames).map(([name, meaning]) => [code(name), meaning]),
    ),
  );
}
