import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitoringOf, registryOf } from '../infra/stacks';
import { type Breakage, broken } from './breakage';

const folder = join(__dirname, 'breakages');
const breakages = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Breakage] as const);

const breakage = (patch: Breakage['patch']): Breakage => ({
  title: 'a fault',
  stack: 'monitoring',
  patch,
  suite: 'project',
  text: 'the cause',
});
const terraform = JSON.stringify({ resource: { queue: { first: { name: 'one one', delay: 3 } } } });
const at = (...last: readonly string[]) => ['resource', 'queue', 'first', ...last];

test.each([
  ['replaces a text', { at: at('name'), replace: 'one', by: 'two' }, { name: 'two two', delay: 3 }],
  ['replaces a value', { at: at('delay'), value: [4] }, { name: 'one one', delay: [4] }],
  ['adds a value', { at: at('size'), value: 1 }, { name: 'one one', delay: 3, size: 1 }],
  ['removes a value', { at: at('delay'), value: null }, { name: 'one one' }],
])('a change %s', (_what, change, first) => {
  expect(JSON.parse(broken(terraform, 'monitoring', breakage([change])))).toEqual({ resource: { queue: { first } } });
});

test('a change replaces a text in what a value holds in base64', () => {
  const base64 = (text: string) => `/* View: ${Buffer.from(text).toString('base64')} */`;
  const definition = { sql: 'SELECT one AS one FROM somewhere', note: 'ün'.repeat(20) };
  const view = { resource: { view: base64(JSON.stringify(definition)) } };
  const change = { at: ['resource', 'view'], replace: 'one AS', by: 'two AS', inBase64: true };

  expect(JSON.parse(broken(JSON.stringify(view), 'monitoring', breakage([change])))).toEqual({
    resource: { view: base64(JSON.stringify({ ...definition, sql: 'SELECT two AS one FROM somewhere' })) },
  });
});

test('it leaves the other stack, and every stack where there is none, as it is', () => {
  const change = { at: at('delay'), value: null };

  expect(broken(terraform, 'registry', breakage([change]))).toBe(terraform);
  expect(broken(terraform, 'monitoring', null)).toBe(terraform);
});

test('it leaves out what has no place', () => {
  const changes = [
    { at: ['resource', 'queue', 'second', 'size'], value: 1 },
    { at: at('size', 'unit'), value: 1 },
    { at: at('name', 'first'), value: 1 },
    { at: at('size'), replace: 'three', by: 'four' },
    { at: at('size'), value: null },
    { at: at('name'), replace: 'three', by: 'four' },
  ];

  expect(JSON.parse(broken(terraform, 'monitoring', breakage(changes)))).toEqual(JSON.parse(terraform));
});

test.each(breakages)('%s changes the Terraform of today at every place it names', (_name, fault) => {
  const { text } = fault.stack === 'registry' ? registryOf(fault.config) : monitoringOf(fault.config);

  const idle = fault.patch.filter((change) => {
    const changed = broken(text, fault.stack, { ...fault, patch: [change] });
    return changed === JSON.stringify(JSON.parse(text), null, 2);
  });

  expect(idle).toEqual([]);
});
