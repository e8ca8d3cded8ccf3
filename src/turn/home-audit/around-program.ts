import type {Law} from '../../guard/action.js'
import {cleanLine, shorten} from '../../kit/text.js'
import type {Fleet} from '../../workspace/fleet.js'
import {auditHome} from './audit-home.js'
import {takeBaseline} from './baseline.js'

/** Tells, a line each, what a program has changed in the home itself and what became of it; to be asked once it has ended. */
export type HomeWatch = () => Promise<string[]>

/** Remembers how the home lies before a program runs that nothing but its manners keeps in its copy. */
export function watchHome({fleet, law, turn}: {fleet: Fleet; law: Law; turn: string}): HomeWatch {
  const baseline = takeBaseline(fleet, law)
  return async () => {
    const {takenBack} = await auditHome(fleet, {baseline, law: async () => law, folder: `taken-back/${turn}`})
    return takenBack.map(({path, why, kept, trouble}) => {
      const what = trouble === null ? 'taken back' : `could not be taken back (${trouble})`
      return shorten(
        cleanLine(`${what}: ${path}, changed past the copy: ${why}${kept === null ? '' : `; kept as .mcos/${kept}`}`),
        400,
      )
    })
  }
}
