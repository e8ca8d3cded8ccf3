import {realpathSync} from 'node:fs'
import path from 'node:path'
import {openShipped} from '../../fleet/shipped.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Starter} from './hook-entry.js'

/** This very mcos and this Node, by their absolute places; of the names a Node has, the one that PATH gives it. */
export function starterOf({home, env}: Pick<Fleet, 'home' | 'env'>): Starter {
  return {node: nodeByName(env['PATH']), mcos: path.join(openShipped().dir, 'bin', 'mcos.js'), home: home.dir}
}

/** A version manager's or a package manager's own place goes with the next version; the name in PATH stays. */
function nodeByName(paths = ''): string {
  const own = realPath(process.execPath)
  const named = paths
    .split(path.delimiter)
    .filter(path.isAbsolute)
    .map((folder) => path.join(folder, 'node'))
    .find((candidate) => realPath(candidate) === own)
  return named ?? process.execPath
}

function realPath(file: string): string | null {
  try {
    return realpathSync(file)
  } catch {
    // Not in this folder of PATH.
    return null
  }
}
