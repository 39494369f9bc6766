import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nameRule, skeletons, wordsOf } from './new-source/skeleton';

const root = join(__dirname, '..');

function main(name: string | undefined): number {
  const words = name === undefined ? null : wordsOf(name);
  if (words === null) {
    console.error(`Usage: npm run new-source -- NAME, for example bedrock-batch; NAME is ${nameRule}`);
    return 2;
  }
  const files = skeletons(words);
  const taken = files.find((file) => existsSync(join(root, file.path)));
  if (taken !== undefined) {
    console.error(`${taken.path} is there already: nothing was written`);
    return 1;
  }
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  console.log(`Wrote ${files.map((file) => file.path).join(', ')}`);
  const generated = spawnSync('npm', ['run', '--silent', 'generate'], { cwd: root, stdio: 'inherit' });
  if (generated.status === 0) console.log(nextSteps(files[0]?.path ?? '', dirname(files[1]?.path ?? '')));
  return generated.status ?? 1;
}

function nextSteps(source: string, samples: string): string {
  return `
What to do next:
1. ${source}: put in the service's real detail-types, states and fields.
2. ${samples}/: replace the samples by events of the service
   (made-up names and ids), and write by hand what their records must say; one pair of files per form,
   also of each state that the pattern leaves out.
3. filters: name the fields by which config.ts may narrow the source (names, queues, clusters …), each a path
   in the event that EventBridge compares; take filters away where no field holds such a thing.
4. npm run generate && npm test
docs/adding-a-source.md tells more.`;
}

process.exitCode = main(process.argv[2]);
