import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'

/** The locks that are still there; an empty folder is a free lock, but should have gone, too. */
export function locksLeft(mcos: string): string[] {
  return namesIn(join(mcos, 'locks')).filter((name) => name.endsWith('.lock'))
}

export function stagingLeft(mcos: string): string[] {
  return namesIn(join(mcos, 'staging'))
}

/** Half-written files anywhere below a folder. */
export function tempsLeft(dir: string): string[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir, {recursive: true, encoding: 'utf8'}).filter((path) => /(^|\/)\.mcos-tmp-/.test(path))
}

function namesIn(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir) : []
}
