import path from 'node:path'
import type {Folder} from '../../kit/folder.js'
import {nameFrom} from '../owner.js'

/** Names of folders that say nothing about who lives in them. */
const GENERIC = /^(?:workspace|workspace-main|vault|clawd|openclaw|clawdbot|moltbot|agent|home|root|default|repo|src)$/

/** What an adopted agent is called when nobody says: its folder's name, or what its IDENTITY.md calls it, or `main`. */
export function findName(source: Folder): string {
  const folder = nameFrom(path.basename(source.dir), 'workspace')
  if (!GENERIC.test(folder)) return folder
  const identity = source.stat('IDENTITY.md')?.kind === 'file' ? (source.readText('IDENTITY.md') ?? '') : ''
  const [, written = ''] = /^[\s>*-]*\**(?:name|名字|名称|nome|nombre)\**\s*[:：]\**\s*(.+)$/im.exec(identity) ?? []
  const plain = written
    .replace(/[*_`]/g, '')
    .replace(/[（(].*$/, '')
    .trim()
  return nameFrom(plain, 'main')
}
