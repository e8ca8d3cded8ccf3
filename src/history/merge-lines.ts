import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {gitEnv} from './plumbing.js'

/** Merges by lines, as git does; null when both sides changed the same ones. */
export function mergeLines({ours, base, theirs}: {ours: Buffer; base: Buffer; theirs: Buffer}): Buffer | null {
  if ([ours, base, theirs].some((content) => content.includes(0))) return null
  const dir = mkdtempSync(path.join(tmpdir(), 'mcos-merge-'))
  try {
    const files = [ours, base, theirs].map((content, index) => {
      const file = path.join(dir, String(index))
      writeFileSync(file, content)
      return file
    })
    // Outside every repository: no config, no attributes, no merge driver.
    const {status, stdout} = spawnSync('git', ['merge-file', '-p', '-q', ...files], {
      cwd: dir,
      env: {...gitEnv(), GIT_CEILING_DIRECTORIES: path.dirname(dir)},
      maxBuffer: Number.POSITIVE_INFINITY,
    })
    return status === 0 ? stdout : null
  } finally {
    rmSync(dir, {recursive: true, force: true})
  }
}
