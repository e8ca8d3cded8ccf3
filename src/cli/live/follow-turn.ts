import {workAfter} from '../../present/turn-work.js'
import type {TurnListener} from '../../turn/events.js'
import type {LiveProgress} from './live-progress.js'

/** Keeps the progress of one turn: whatever it is at stands under the agent's name. */
export function followTurn(progress: LiveProgress, agent: string): TurnListener {
  return (event) => {
    const work = workAfter(event)
    if (work === undefined) return
    if (work === null) progress.end(`turn ${agent}`)
    else progress.begin(`turn ${agent}`, agent === '' ? work : `${agent}: ${work}`)
  }
}
