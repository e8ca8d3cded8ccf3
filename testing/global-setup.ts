import {spawnSync} from 'node:child_process'
import {existsSync, readdirSync, statSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import type {TestProject} from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Why dist/ could not be built; null when it stands. */
    buildFailure: string | null
  }
}

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Builds once before the tests when dist/ is missing or older than its sources. */
export default function setup(project: TestProject): void {
  project.provide('buildFailure', isBuilt() ? null : build())
}

function isBuilt(): boolean {
  const main = join(root, 'dist', 'main.js')
  if (!existsSync(main) || !existsSync(join(root, 'oclif.manifest.json'))) return false
  const built = statSync(main).mtimeMs
  return sources().every((file) => statSync(file).mtimeMs <= built)
}

/** Folders count as well: theirs is the time at which a file was added or taken away. */
function sources(): string[] {
  const files = readdirSync(join(root, 'src'), {recursive: true, encoding: 'utf8'})
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => join(root, 'src', file))
  return [...files, ...['package.json', 'scripts/build.ts', 'scripts/manifest.ts'].map((file) => join(root, file))]
}

/** A build that fails fails every test that runs mcos, and no other. */
function build(): string | null {
  const tsx = join(root, 'node_modules', '.bin', 'tsx')
  const {status, stdout, stderr} = spawnSync(tsx, ['scripts/build.ts'], {cwd: root, encoding: 'utf8'})
  return status === 0 ? null : `${stdout}${stderr}`
}
