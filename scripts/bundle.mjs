import { build } from 'esbuild';

const [outfile = 'dist/index.js', entry = 'handler/index.ts'] = process.argv.slice(2);

// The AWS SDK goes in: the image's own copy changes under us, and is slower to load.
// The source map lies beside the bundle for people who read a stack trace; it does not go into the image.
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: 'external',
  legalComments: 'none',
  logLevel: 'info',
});
