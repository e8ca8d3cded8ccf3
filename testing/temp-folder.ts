import {mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {onTestFinished} from 'vitest'

/** An empty folder for one test, removed when that test is over. */
export function tempFolder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-test-')))
  onTestFinished(() => rmSync(dir, {recursive: true, force: true, maxRetries: 3}))
  return dir
}
