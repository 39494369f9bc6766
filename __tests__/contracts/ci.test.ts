import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = join(__dirname, '../../.ci/run');

test.each([
  ['timeout', ['node', 'npm']],
  ['node', []],
])('.ci/run says at once that it needs %s where that is not there', (tool, present) => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-'));
  for (const name of present) symlinkSync(process.execPath, join(folder, name));
  try {
    const { status, stdout, stderr } = spawnSync('/bin/bash', [run], { env: { PATH: folder }, encoding: 'utf8' });

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`.ci/run needs ${tool}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
