import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {buildId} from '../scripts/sources.js'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The program as a person would start it. */
export const MCOS: readonly string[] = [process.execPath, join(root, 'bin', 'mcos.js')]

/** The same, noting the most memory it held; see peak-memory.cjs. */
export const MCOS_WATCHED: readonly string[] = [
  process.execPath,
  '--require',
  fileURLToPath(new URL('peak-memory.cjs', import.meta.url)),
  join(root, 'bin', 'mcos.js'),
]

/** Builds dist/ when it isn't made from these very sources: what is measured is what would be shipped. */
export function insistOnBuild(): void {
  const stamp = join(root, 'dist', 'build-id')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === buildId(root)) return
  const tsx = join(root, 'node_modules', '.bin', 'tsx')
  const {status, stdout, stderr} = spawnSync(tsx, ['scripts/build.ts'], {cwd: root, encoding: 'utf8'})
  if (status !== 0) throw new Error(`mcos could not be built:\n${stdout}${stderr}`)
}
