import type { ConfigurationInput } from '../../infra/config';
import { attributes } from './attributes';
import { everything } from './installations';
import { monitoringOf, type Resource, registryOf, type Stack } from './stacks';

const ownBus: ConfigurationInput = {
  ownSources: [
    {
      name: 'pipeline',
      title: 'Pipeline',
      pattern: { source: ['example.pipelines'], 'detail-type': ['Pipeline Finished'] },
      fields: { service_name: '$.detail.name', state: '$.detail.state' },
      states: { DONE: 'succeeded' },
      eventBus: 'orders',
    },
  ],
};
const stacks: readonly (readonly [string, Stack])[] = [
  ['the default installation', monitoringOf()],
  ['an installation with every setting', monitoringOf(everything)],
  ['an installation with a bus of its own', monitoringOf(ownBus)],
  ['the registry', registryOf()],
  ['the registry with every setting', registryOf(everything)],
];

describe.each(stacks)('%s', (_name, stack) => {
  it('has no attribute that nobody decided on', () => {
    const undecided = resourcesIn(stack).flatMap(({ type, id, resource }) =>
      waysIn(resource)
        .filter((way) => attributes[type]?.includes(way) !== true)
        .map((way) => `${type}.${id}: nobody decided on ${way}`),
    );

    expect(undecided).toEqual([]);
  });

  it('consists of resources and what they look up, and moves or imports nothing', () => {
    const parts = Object.keys(JSON.parse(stack.text) as object).filter((part) => part !== '//');

    expect(['data', 'output', 'provider', 'resource', 'terraform']).toEqual(expect.arrayContaining(parts));
  });
});

test('every attribute that may be there is there in some installation', () => {
  const there = new Set(
    stacks.flatMap(([, stack]) =>
      resourcesIn(stack).flatMap(({ type, resource }) => waysIn(resource).map((way) => `${type} ${way}`)),
    ),
  );

  const gone = Object.entries(attributes)
    .flatMap(([type, ways]) => ways.map((way) => `${type} ${way}`))
    .filter((attribute) => !there.has(attribute));

  expect(gone).toEqual([]);
});

function resourcesIn(stack: Stack) {
  return [stack.resource, stack.data ?? {}].flatMap((types) =>
    Object.entries(types).flatMap(([type, resources]) =>
      Object.entries(resources).map(([id, resource]) => ({ type, id, resource })),
    ),
  );
}

/** The ways through the blocks of a resource to its attributes; the keys of a map are no attributes. */
function waysIn(resource: Resource): readonly string[] {
  return Object.entries(resource).flatMap(([name, value]) => waysTo(name, value));
}

const maps = ['default_tags', 'dimensions', 'parameters', 'tags', 'variables'];

function waysTo(name: string, value: unknown): readonly string[] {
  if (Array.isArray(value) && value.length > 0) return [...new Set(value.flatMap((item) => waysTo(name, item)))];
  const isBlock = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return isBlock && !maps.includes(name) ? waysIn(value as Resource).map((way) => `${name}.${way}`) : [name];
}
