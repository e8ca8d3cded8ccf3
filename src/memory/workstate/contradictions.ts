import type {Workstate} from '../../workspace/workstate-file.js'
import {lineOf, statementsOf} from './lines.js'
import {saysAnew} from './replace.js'

/** Pairs of lines that say different things of the same subject, the likely older one first. */
export function contradictionsIn(state: Workstate): (readonly [string, string])[] {
  const statements = statementsOf(state).filter(({kind}) => kind !== 'step' && kind !== 'question')
  return statements.flatMap((old, index) =>
    statements.slice(index + 1).flatMap((now) => (saysAnew(old, now) ? [[lineOf(old), lineOf(now)] as const] : [])),
  )
}
