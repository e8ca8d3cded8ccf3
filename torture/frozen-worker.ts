import {systemClock} from '../src/kit/clock.js'
import {isUserError} from '../src/kit/errors.js'
import {openFolder} from '../src/kit/folder.js'
import {waitForLock} from '../src/kit/lock.js'
import {hear, readTask, say} from './in-worker.js'

const {dir, leaseMs} = readTask<{dir: string; leaseMs: number}>()
const mcos = openFolder(dir)

while ((await hear()) === 'go') {
  const lock = waitForLock(mcos, 'one', {clock: systemClock, leaseMs})
  const {staging, fence} = lock
  say(`held ${fence}`)
  const first = codeOf(() => {
    // Until the freeze and the takeover have happened, somewhere in the middle of this.
    for (let n = 0; ; n++) {
      mcos.write('state', `late ${n}`, {staging, sync: n % 5 === 0})
      mcos.write(`new/${n}`, 'late', {staging, sync: false, expect: null})
      mcos.move(`new/${n}`, `cur/${n}`, {staging, sync: false})
      mcos.remove(`cur/${n}`, {staging, sync: false})
    }
  })
  const later = [
    codeOf(() => mcos.write('state', 'late', {staging})),
    codeOf(() => mcos.write('another', 'late', {staging, expect: null})),
    codeOf(() => mcos.append('log', 'late', {staging})),
    codeOf(() => mcos.move('mine', 'late', {staging})),
    codeOf(() => mcos.remove('mine', {staging})),
    codeOf(() => lock.renew()),
  ]
  const isHeld = lock.isHeld()
  lock.release()
  say(`late ${JSON.stringify({first, later, isHeld, fence})}`)
}

function codeOf(act: () => void): string {
  try {
    act()
    return 'done'
  } catch (error) {
    return isUserError(error) ? error.code : String(error)
  }
}
