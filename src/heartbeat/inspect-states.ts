import type {Fleet} from '../workspace/fleet.js'
import {type Inspection, inspectText, sumInspections} from '../workspace/health.js'
import {parseBeatState} from './beat-state.js'

/** What this machine remembers between beats; a memory that can't be read is set aside by the next beat. */
export function inspectStates({mcos}: Fleet): Inspection {
  const states = mcos.stat('beats')?.kind === 'folder' ? mcos.list('beats') : []
  return sumInspections(
    states
      .filter(({name, kind}) => kind === 'file' && name.endsWith('.json'))
      .map(({name}) => {
        const path = `beats/${name}`
        const {files, problems} = inspectText({files: mcos, path, shown: `.mcos/${path}`}, parseBeatState)
        const fix = `mcos heartbeat ${name.slice(0, -'.json'.length)}`
        return {files, problems: problems.map((problem) => ({...problem, fix}))}
      }),
  )
}
