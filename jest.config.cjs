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

/** The suites that need real parts; each is one file. */
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
  projects: [
    project('project', '**/*.test.ts', ['/__tests__/real/']),
    ...real.map((name) => project(name, `real/${name}.test.ts`)),
  ],
};
