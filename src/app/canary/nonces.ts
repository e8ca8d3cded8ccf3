import {randomBytes} from 'node:crypto'
import {rmSync} from 'node:fs'
import path from 'node:path'
import type {Home} from '../../workspace/home.js'
import type {ForbiddenWrites} from './try-out.js'

/** Two files that nobody may write and nobody misses. */
export interface Nonces {
  readonly writes: ForbiddenWrites
  /** Which of them are there. */
  written(): (keyof ForbiddenWrites)[]
  /** Removes them. */
  close(): void
}

const FOLDER = '.mcos/canary'

/** Below `.mcos/`, which is closed to every agent whatever its contract says, and which git never sees. */
export function openNonces({dir, files}: Pick<Home, 'dir' | 'files'>): Nonces {
  files.makeFolder(FOLDER)
  const nonce = randomBytes(6).toString('hex')
  const names = {byTool: `${FOLDER}/${nonce}-tool`, byShell: `${FOLDER}/${nonce}-shell`}
  const writes = {byTool: path.join(dir, names.byTool), byShell: path.join(dir, names.byShell)}
  return {
    writes,
    written: () => (['byTool', 'byShell'] as const).filter((way) => files.stat(names[way]) !== null),
    close: () => {
      for (const file of Object.values(writes)) rmSync(file, {recursive: true, force: true})
      files.removeFolder(FOLDER)
    },
  }
}
