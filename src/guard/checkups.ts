import {listAgents} from '../workspace/agents.js'
import type {Checkup, Trouble} from '../workspace/health.js'
import {readStop, stopPath} from './stop.js'

const stopped: Checkup = {
  id: 'stop',
  title: 'Nothing is stopped',
  examine({home, mcos}) {
    const names = ['', ...listAgents(home).map(({name}) => name)]
    const stops = names.flatMap((name) => {
      const stop = readStop(mcos, name)
      return stop && stop.path === stopPath(name === '' ? null : name) ? [{name, ...stop}] : []
    })
    const troubles = stops.map(({name, who, when, why}): Trouble => {
      const by = [who && `by ${who}`, when && `at ${when}`, why].filter(Boolean).join(', ')
      const what = name === '' ? 'the whole fleet is stopped' : `${name} is stopped`
      return {status: 'warn', detail: `${what}${by && ` (${by})`}`, fix: `mcos resume ${name}`.trim()}
    })
    return {seen: 'no stop file', troubles}
  },
}

/** What the guard's own files tell. */
export const GUARD_CHECKUPS: readonly Checkup[] = [stopped]
