const { availableParallelism } = require('node:os');

// The AWS SDK would warn of this machine's Node in every suite; the functions run on the image's.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
  ],
};
const project = (displayName, match, ignore = []) => ({
  displayName,
  transform,
  testMatch: [`<rootDir>/__tests__/${match}`],
  testPathIgnorePatterns: ['/node_modules/', ...ignore],
  modulePathIgnorePatterns: ['<rootDir>/out/', '<rootDir>/dist/', '<rootDir>/cdktf.out/'],
});

/** The suites that need real parts; each is one file but for `terraform`, whose parts go on side by side. */
const real = [
  'terraform',
  'chain',
  'athena',
  'firehose',
  'rules',
  'image',
  'security',
  'deployment',
  'cdktn',
  'breakages',
];

module.exports = {
  testTimeout: 60_000,
  // Two even on a machine of two cores, because the suites wait more than they compute.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  projects: [
    project('project', '**/*.test.ts', ['/__tests__/real/']),
    ...real.map((name) => project(name, `real/${name}?(-*).test.ts`)),
  ],
};
