import {defineConfig} from 'vitest/config'
import {LongestFirst} from './testing/longest-first.js'
import {SummaryReporter} from './testing/summary-reporter.js'

/** Tests of src/ that change what their whole process shares (its environment, its streams, which React is loaded), or measure it. */
const APART = ['src/commands/**/*.test.ts', 'src/engines/lies.test.ts', 'src/{cli,tui}/**/*.test.{ts,tsx}']

export default defineConfig({
  test: {
    globalSetup: './testing/global-setup.ts',
    setupFiles: './testing/one-seed.ts',
    reporters: ['default', new SummaryReporter()],
    // Ends what hangs; how quick something is a test says for itself, as a busy machine takes many times as long for all of it.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    expect: {poll: {timeout: 60_000}},
    env: {GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', NO_COLOR: '1', TZ: 'UTC'},
    pool: 'forks',
    // One more than CI has cores: a fifth of the time a test waits, for a disk, a clock or another process.
    maxWorkers: 3,
    // A process goes on with the next file: nothing of one test's environment, globals or spies is left to it.
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    sequence: {sequencer: LongestFirst},
    projects: [
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['scripts', 'testing', 'bench', 'torture', 'demo']
            .map((folder) => `${folder}/**/*.test.{ts,tsx}`)
            .concat(APART),
        },
      },
      {
        // Loading the modules anew for each file was half of what these tests took; their folders are their own anyway.
        extends: true,
        test: {
          name: 'together',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', ...APART],
          isolate: false,
        },
      },
    ],
  },
})
