import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');

function start(options: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const args = ['--import', 'tsx', join(root, 'scripts', 'start.ts'), ...options];
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { ...process.env, ...variables } });
}

/** The closing summary as the README prints it. */
function shownInReadme(): string {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  return /<!-- start -->\n```text\n(.+?)\n```/s.exec(readme)?.[1] ?? 'no block between <!-- start --> in README.md';
}

test('the quick start replays the example day on the synthesised stacks, and every event is accounted for', () => {
  const out = mkdtempSync(join(tmpdir(), 'start-'));
  try {
    const { status, stdout, stderr } = start(['--out', out]);
    const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(summary.read).toEqual(summary.dropped + summary.quarantined + summary.rows + summary.duplicates);
    for (const number of ['read', 'dropped', 'quarantined', 'rows', 'duplicates', 'alerts']) {
      expect([number, summary[number] > 0]).toEqual([number, true]);
    }
    expect(stdout).toContain('success_rate_percent');
    expect(stdout).toContain(shownInReadme());
    expect(readFileSync(join(out, 'slack.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(summary.messages);
  } finally {
    rmSync(out, { recursive: true });
  }
});

test.each([
  ['empty', { ACCOUNT: '', REGION: '' }],
  ['of a real account', { ACCOUNT: '444455556666', REGION: 'us-gov-west-1', AWS_PROFILE: 'production' }],
])('the local run is the same where the shell has variables that are %s', (_what, variables) => {
  const out = mkdtempSync(join(tmpdir(), 'start-'));
  const events = join(out, 'mine.json');
  writeFileSync(events, '"hello"');
  try {
    const { status, stderr } = start(['--events', events, '--out', out], variables);
    const terraform = readFileSync(join(out, 'terraform', 'stacks', 'monitoring', 'cdk.tf.json'), 'utf8');

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(terraform).toContain('123456789012-eu-west-1-monitor');
    expect(terraform).not.toContain('444455556666');
  } finally {
    rmSync(out, { recursive: true });
  }
});

test('an option that there is not is told, with those that there are', () => {
  const { status, stderr } = start(['--event', 'x.json']);

  expect(status).toEqual(2);
  expect(stderr).toContain('--events  one JSON event');
});

test.each([
  ['is not there', (folder: string) => join(folder, 'typo.json'), 'typo.json: there is no such file or folder'],
  ['holds nothing', (folder: string) => put(folder, 'empty.json', '[]\n'), 'empty.json: there is no event in it'],
  ['is what the run before quarantined', (folder: string) => join(folder, 'out', 'quarantine'), 'an earlier run wrote'],
  ['is a pipe', () => '/dev/stdin', '/dev/stdin: is read twice, so it must be a file or a folder'],
])('an input that %s is told, and earlier results stay', (_what, events, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  const earlier = put(folder, 'out/quarantine/a.json', '{"reason":"not JSON","text":"hello"}');
  put(folder, 'out/.datalake-monitoring.files', '"quarantine/a.json"\n');
  try {
    const { status, stderr } = start(['--events', events(folder), '--out', join(folder, 'out')]);

    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) });
    expect(existsSync(earlier)).toEqual(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function put(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}
