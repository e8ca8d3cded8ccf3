import {defineConfig} from 'vitest/config'
import {SummaryReporter} from './testing/summary-reporter.js'

export default defineConfig({
  test: {
    include: ['src', 'scripts', 'testing', 'bench', 'torture', 'demo'].map((folder) => `${folder}/**/*.test.{ts,tsx}`),
    globalSetup: './testing/global-setup.ts',
    reporters: ['default', new SummaryReporter()],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: {GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', NO_COLOR: '1', TZ: 'UTC'},
    pool: 'forks',
    maxWorkers: 2,
  },
})
