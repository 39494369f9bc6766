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

module.exports = {
  testTimeout: 60_000,
  projects: [
    project('project', '**/*.test.ts', ['/__tests__/real/']),
    project('bundle', 'real/bundle.test.ts'),
    project('terraform', 'real/terraform.test.ts'),
  ],
};
