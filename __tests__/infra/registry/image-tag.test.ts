import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageInputs, imageTag } from '../../../infra/registry/image-tag';
import { ref } from '../stacks';

const root = join(__dirname, '../../..');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'image-'));
  for (const input of imageInputs) cpSync(join(root, input), join(copy, input), { recursive: true });
});

afterAll(() => rmSync(copy, { recursive: true }));

describe('the tag of the image', () => {
  it('is the same in another folder with the same files', () => {
    expect(imageTag(copy)).toBe(imageTag(root));
    expect(imageTag(copy)).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each(['Dockerfile', 'package-lock.json', 'handler/process.ts'])('changes with %s', (file) => {
    const before = imageTag(copy);
    const text = readFileSync(join(copy, file), 'utf8');

    writeFileSync(join(copy, file), `${text}\n`);
    const changed = imageTag(copy);
    writeFileSync(join(copy, file), text);

    expect(changed).not.toBe(before);
    expect(imageTag(copy)).toBe(before);
  });

  it('changes when a file is added', () => {
    const before = imageTag(copy);

    writeFileSync(join(copy, 'handler/added.ts'), '');

    expect(imageTag(copy)).not.toBe(before);
  });
});

describe('the image', () => {
  const inputs: readonly string[] = imageInputs;

  it('is made of nothing but what its tag is a hash of', () => {
    const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');

    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, sources]) => sources?.split(' ') ?? [],
    );

    expect([...copied, 'Dockerfile'].sort()).toEqual([...inputs].sort());
  });

  it('has one base, named in one line, and another tag when a digest pins that', () => {
    const dockerfile = readFileSync(join(copy, 'Dockerfile'), 'utf8');
    const before = imageTag(copy);

    const [line = '', base = ''] = dockerfile.match(/^ARG BASE=(\S+)$/m) ?? [];
    writeFileSync(join(copy, 'Dockerfile'), dockerfile.replace(line, `${line}@sha256:${'0'.repeat(64)}`));
    const pinned = imageTag(copy);
    writeFileSync(join(copy, 'Dockerfile'), dockerfile);

    expect(pinned).not.toBe(before);
    expect([...dockerfile.matchAll(/^FROM .*?(\S+)(?: AS \w+)?$/gm)].map(([, from]) => from)).toEqual([
      ref('BASE'),
      ref('BASE'),
    ]);
    expect(readFileSync(join(root, 'docs/deploy.md'), 'utf8')).toContain(`ARG BASE=${base.replace(/@.*/, '')}@sha256:`);
  });

  it('sees nothing else of this folder while it is built', () => {
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');

    const allowed = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));

    expect(ignored).toContain('*');
    expect([...allowed, 'Dockerfile'].sort()).toEqual([...inputs].sort());
  });
});
