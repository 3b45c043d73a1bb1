// Run through `npm test`, which starts Jest on the project's own Node.js with ECMAScript modules on.
export default {
  testEnvironment: 'node',
  cacheDirectory: 'var/jest',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2024', experimental: { keepImportAttributes: true }, parser: { syntax: 'typescript', tsx: true } }, module: { type: 'es6' } }] },
  globalSetup: './test/support/postgres/jest-set-up.ts',
  globalTeardown: './test/support/postgres/jest-tear-down.ts',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/var/', '<rootDir>/web-client/dist/'],
  // A net against what hangs, far above what anything takes: a slow disk is no fault of the product.
  testTimeout: 90_000,
};
