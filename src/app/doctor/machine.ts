import {statfsSync} from 'node:fs'
import {findTraces, viewMachine} from '../../fleet/adopt/runtime.js'
import {isUserError} from '../../kit/errors.js'
import {shellWord} from '../../kit/shell-word.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {personHere} from '../speaker.js'

const OLDEST_NODE = [20, 19] as const
const GIB = 1024 ** 3

const node: Checkup = {
  id: 'node',
  title: 'Node is new enough',
  means: 'An older Node lacks what mcos is built on, and fails in the middle of a beat.',
  examine() {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    const isNew = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
    const detail = `Node ${process.versions.node} is older than ${OLDEST_NODE.join('.')}`
    const troubles: Trouble[] = isNew
      ? []
      : [{status: 'fail', detail, fix: 'npx --yes node@22 "$(command -v mcos)" doctor'}]
    return {seen: `Node ${process.versions.node}`, troubles}
  },
}

const space: Checkup = {
  id: 'disk',
  title: 'There is room on the disk',
  means: 'Without room nothing can be committed, and a turn that began is lost.',
  examine({home}) {
    const {bavail, bsize, blocks} = statfsSync(home.dir)
    const free = bavail * bsize
    const seen = `${(free / GIB).toFixed(1)} GiB free (${Math.round((bavail / Math.max(1, blocks)) * 100)} %)`
    if (free > GIB) return {seen, troubles: []}
    const detail = `only ${Math.round(free / 1024 ** 2)} MiB free: soon nothing can be committed`
    return {seen, troubles: [{status: free > GIB / 10 ? 'warn' : 'fail', detail, fix: `df -h ${shellWord(home.dir)}`}]}
  },
}

const oldRuntime: Checkup = {
  id: 'old-runtime',
  title: 'No earlier runtime still works on this machine',
  means: 'Two runtimes on one agent answer twice and undo each other.',
  async examine({env}) {
    const traces = findTraces(await viewMachine(env))
    const settings = traces.filter(({kind}) => kind === 'settings').map(({detail}) => detail)
    const troubles = traces
      .filter(({kind}) => kind !== 'settings')
      .map(({detail, fix}): Trouble => {
        return {status: 'warn', detail: `${detail}: two runtimes on one agent undo each other's work`, fix}
      })
    return {seen: settings.length === 0 ? 'no sign of one' : settings.join('; '), troubles}
  },
}

const person: Checkup = {
  id: 'person',
  title: 'You are somebody in this fleet',
  means: 'What is done by hand is recorded under a name, and approvals are answered in one.',
  examine({home}) {
    try {
      const name = personHere(home)
      const isKnown = Object.hasOwn(home.config.people, name)
      return {seen: isKnown ? name : `${name}; mcos.yaml names nobody so, and nothing asks for it yet`, troubles: []}
    } catch (error) {
      if (!isUserError(error)) throw error
      const troubles: Trouble[] = [{status: 'fail', detail: error.message, fix: editCommand(CONFIG_FILE)}]
      return {seen: '', troubles}
    }
  },
}

/** What the machine and its user tell. */
export const MACHINE_CHECKUPS: readonly Checkup[] = [node, space, oldRuntime, person]
