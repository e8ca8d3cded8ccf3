import type {Law} from '../../guard/action.js'
import {NO_FACTS} from '../../guard/action.js'
import {decide} from '../../guard/decide.js'
import type {Fleet} from '../../workspace/fleet.js'
import {withHome} from './look.js'

/** One path that was not as committed already before, with its bytes where only a person may have written it. */
export interface Before {
  readonly hash: string
  readonly content: Buffer | null
}

/** How the home lay when something began that is audited when it ends. */
export interface Baseline {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly head: string | null
  readonly dirty: ReadonlyMap<string, Before>
}

/** Of files that people have open; what is larger is known by its hash, and can't be brought back. */
const MOST_KEPT_BYTES = 1024 * 1024
const MOST_KEPT = 200

/** Looks at the home before a program that nobody holds may change it. */
export function takeBaseline(fleet: Fleet, law: Law): Baseline {
  return withHome(fleet, ({head, dirty}) => {
    let kept = 0
    const known = [...dirty].map(([path, {hash, content}]): [string, Before] => {
      const isOurs = content === null || decide(law, {verb: 'write', target: path}, NO_FACTS).effect === 'allow'
      const isKept = !isOurs && content.length <= MOST_KEPT_BYTES && kept++ < MOST_KEPT
      return [path, {hash, content: isKept ? content : null}]
    })
    return {at: fleet.clock.now(), head, dirty: new Map(known)}
  })
}
