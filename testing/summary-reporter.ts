import type {Reporter, TestCase, TestModule} from 'vitest/node'

/** Ends a run with the names of what was skipped and of what failed, and one plain line: `N passed, N failed, N skipped`. */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const skipped = tests.filter((test) => test.result().state === 'skipped')
    const brokenFiles = modules.filter((module) => module.errors().length > 0)
    const failed = count(tests, 'failed') + brokenFiles.length + errors.length
    for (const test of skipped) process.stdout.write(`${describeSkipped(test)}\n`)
    for (const line of [
      ...tests.flatMap(describeFailed),
      ...brokenFiles.map(describeBroken),
      ...errors.map(describeError),
    ])
      process.stdout.write(`failed: ${line}\n`)
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

function describeFailed(test: TestCase): string[] {
  const result = test.result()
  if (result.state !== 'failed') return []
  return [`${test.module.relativeModuleId}: ${test.fullName}: ${firstLine(result.errors[0]?.message)}`]
}

function describeBroken(module: TestModule): string {
  return `${module.relativeModuleId}: ${firstLine(module.errors()[0]?.message)}`
}

function describeError(error: unknown): string {
  return firstLine(error instanceof Object && 'message' in error ? String(error.message) : String(error))
}

function firstLine(text = ''): string {
  return text.split('\n', 1)[0]?.slice(0, 300) ?? ''
}

function describeSkipped(test: TestCase): string {
  const result = test.result()
  const note = result.state === 'skipped' && result.note ? ` (${result.note})` : ''
  return `skipped: ${test.module.relativeModuleId}: ${test.fullName}${note}`
}
