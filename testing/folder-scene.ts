import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {handleWalk, lookingWalk} from '../src/kit/open-path.js'
import {tempFolder} from './temp-folder.js'

const ALL = [
  ['by handles', handleWalk],
  ['by looking', lookingWalk],
] as const

/** The ways in which a folder can be walked on this machine. */
export const WALKS = process.platform === 'linux' ? ALL : ALL.slice(1)

/** `home`, and beside it `outside` with a secret, for one test. */
export function layHomeAndOutside(): {readonly scratch: string; readonly outside: string} {
  const scratch = tempFolder()
  const outside = join(scratch, 'outside')
  mkdirSync(join(scratch, 'home'))
  mkdirSync(outside)
  writeFileSync(join(outside, 'secret'), 'secret')
  return {scratch, outside}
}
