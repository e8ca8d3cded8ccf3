import {existsSync} from 'node:fs'
import {homedir} from 'node:os'
import path from 'node:path'
import {repositoryAround} from './detect-surroundings.js'
import {isWorkspace, namesIn} from './detect-workspaces.js'

/** The folder a fleet would best lie in: here where this is empty or is the agent itself, beside a repository, or a new one. */
export function proposePlace({
  cwd,
  env,
}: {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}): string {
  const home = env['HOME'] || homedir()
  if (cwd !== home && cwd !== path.parse(cwd).root && (isWorkspace(cwd) || namesIn(cwd).length === 0)) return cwd
  const repository = repositoryAround(cwd, home)
  const wanted =
    repository === null
      ? path.join(cwd, 'my-fleet')
      : path.join(path.dirname(repository), `${path.basename(repository)}-fleet`)
  return firstFree(wanted)
}

/** The folder itself, or the first of its name with a number behind it that nothing stands at. */
export function firstFree(wanted: string): string {
  for (let number = 1; ; number++) {
    const dir = number === 1 ? wanted : `${wanted}-${number}`
    if (!existsSync(dir)) return dir
  }
}
