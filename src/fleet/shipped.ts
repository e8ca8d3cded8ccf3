import {existsSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {type Folder, openFolder} from '../kit/folder.js'

/** What ships as data: templates/, guardrails/ and workspaces/, wherever this code was bundled to. */
export function openShipped(): Folder {
  for (let dir = path.dirname(fileURLToPath(import.meta.url)); ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, 'templates', 'fleets'))) return openFolder(dir)
    if (dir === path.dirname(dir)) throw new Error('this installation has lost its templates')
  }
}
