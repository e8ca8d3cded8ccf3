import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import type {TestProject} from 'vitest/node'
import {buildId} from '../scripts/sources.js'
import {keepTempInMemory} from './temp-in-memory.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Why dist/ could not be built; null when it stands. */
    buildFailure: string | null
  }
}

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Builds once before the tests when dist/ is missing or made from other sources, and takes back in the end what was set up. */
export default function setup(project: TestProject): () => void {
  project.provide('buildFailure', isBuilt() ? null : build())
  return keepTempInMemory()
}

/** dist/ carries the id of the sources it was made from. */
function isBuilt(): boolean {
  const stamp = join(root, 'dist', 'build-id')
  return (
    existsSync(stamp) && existsSync(join(root, 'oclif.manifest.json')) && readFileSync(stamp, 'utf8') === buildId(root)
  )
}

/** A build that fails fails every test that runs mcos, and no other. */
function build(): string | null {
  const tsx = join(root, 'node_modules', '.bin', 'tsx')
  const {status, stdout, stderr} = spawnSync(tsx, ['scripts/build.ts'], {cwd: root, encoding: 'utf8'})
  return status === 0 ? null : `${stdout}${stderr}`
}
