import type {Verdict} from '../../guard/action.js'
import {readStop, stopPath} from '../../guard/stop.js'
import {parkPath, readPark} from '../../workspace/park.js'
import type {Desk} from './desk.js'

/** What a client reads that may not do something: the guard's answer with the line that a person would have to change. */
export interface RefusedCall extends Verdict {
  /** The request that a person can answer; null: there is none. */
  readonly approval: string | null
}

/** Thrown by a call that is not allowed: no trouble of anybody's, and nothing was done. */
export class Refusal extends Error {
  constructor(
    readonly refused: RefusedCall,
    /** What becomes of the request, where there is one. */
    readonly next: string | null = null,
  ) {
    super(refused.reason)
  }
}

/** A stop and a parking hold everything that has an effect; who only looks is let be. */
export function insistOnGo({fleet, agent}: Pick<Desk, 'fleet' | 'agent'>): void {
  const stop = readStop(fleet.mcos, agent.name)
  if (stop !== null) {
    const [held, file] = stop.scope === 'fleet' ? ['the fleet', stopPath(null)] : [agent.name, stopPath(agent.name)]
    throw refusal({rule: 'mcos stop', file: `.mcos/${file}`, reason: `${held} is stopped; a person lifts it`})
  }
  const park = readPark(fleet.home.files, agent)
  if (park === null) return
  const why = park.why === null ? '' : `: ${park.why}`
  const reason = `${agent.name} is parked${why}; until a person wakes it, it can be read and does nothing`
  throw refusal({rule: 'parked', file: parkPath(agent), reason})
}

/** A no that no line of a contract gives. */
export function refusal({rule, file, reason}: Pick<Verdict, 'rule' | 'file' | 'reason'>): Refusal {
  return new Refusal({effect: 'deny', rule, file, line: null, reason, approval: null})
}
