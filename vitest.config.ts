import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __TRACE__: 'false' },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'tests/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 60_000,
  },
});
