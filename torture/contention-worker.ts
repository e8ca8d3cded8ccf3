import {unlinkSync, writeFileSync} from 'node:fs'
import {systemClock} from '../src/kit/clock.js'
import {openFolder} from '../src/kit/folder.js'
import {contentHash} from '../src/kit/hash.js'
import {waitForLock} from '../src/kit/lock.js'
import {readTask, say} from './in-worker.js'

const {dir, claims, name} = readTask<{dir: string; claims: number; name: number}>()
const mcos = openFolder(dir)
const inside = `${dir}/inside`

for (let claim = 0; claim < claims; claim++) {
  const lock = waitForLock(mcos, 'one', {clock: systemClock, timeoutMs: 600_000})
  const {staging} = lock
  try {
    // Somebody who is already in has laid this file.
    writeFileSync(inside, '', {flag: 'wx'})
  } catch (error) {
    say(`double: claim ${claim} of ${name}: ${error}`)
  }
  const before = mcos.readText('count')
  mcos.write('count', String(Number(before ?? '0') + 1), {
    staging,
    sync: false,
    expect: before === null ? null : contentHash(before),
  })
  mcos.append('log', `${name} ${claim} ${lock.fence}`, {staging, sync: false})
  unlinkSync(inside)
  lock.release()
}
say('done')
