import type {Reporter, TestCase, TestModule} from 'vitest/node'

/** Ends a run with the names of the skipped tests and one plain line: `N passed, N failed, N skipped`. */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const skipped = tests.filter((test) => test.result().state === 'skipped')
    const brokenFiles = modules.filter((module) => module.errors().length > 0)
    const failed = count(tests, 'failed') + brokenFiles.length + errors.length
    for (const test of skipped) process.stdout.write(`${describeSkipped(test)}\n`)
    process.stdout.write(`${count(tests, 'passed')} passed, ${failed} failed, ${skipped.length} skipped\n`)
    if (skipped.length > 0 && process.env['CI'] === 'true') {
      process.stdout.write('With CI=true nothing may be skipped.\n')
      process.exitCode = 1
    }
  }
}

function count(tests: readonly TestCase[], state: 'passed' | 'failed'): number {
  return tests.filter((test) => test.result().state === state).length
}

function describeSkipped(test: TestCase): string {
  const result = test.result()
  const note = result.state === 'skipped' && result.note ? ` (${result.note})` : ''
  return `skipped: ${test.module.relativeModuleId}: ${test.fullName}${note}`
}
