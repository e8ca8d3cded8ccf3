import {agentPaths, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {type Inspection, inspectFile, sumInspections} from '../workspace/health.js'
import {readHeartbeat} from './read-heartbeat.js'

/** Every HEARTBEAT.md is read as a beat would; what is only odd in one is for `mcos config check`. */
export function inspectHeartbeats({home}: Fleet): Inspection {
  return sumInspections(
    listAgents(home).map((agent) => {
      const path = agentPaths(agent).heartbeat
      return inspectFile({files: home.files, path}, (bytes) => {
        readHeartbeat(bytes, path)
        return []
      })
    }),
  )
}
