import {EXIT, UserError} from '../../kit/errors.js'
import type {Heard} from '../../memory/workstate/heard.js'
import {listTranscripts, readTranscript} from '../../turn/transcript.js'
import {eventsOf, type RecordedEvent} from '../../turn/transcript-events.js'
import {agentPaths} from '../../workspace/agents.js'
import {parseLog} from '../../workspace/daily-log.js'
import type {Fleet} from '../../workspace/fleet.js'
import {localTime} from '../../workspace/local-time.js'
import {findPlace, type WorkstateOf} from '../workstate.js'
import {type FlushedWorkstate, writeWorkstate} from './write-workstate.js'

const LOOK_BACK = 200

/** Writes the state from the agent's last transcript on this machine, or else from today's log, and says which it was. */
export async function flushWorkstate(fleet: Fleet, of: WorkstateOf): Promise<FlushedWorkstate> {
  const {agent} = findPlace(fleet, of)
  const last = lastTranscript(fleet, agent.name, of.with ?? null)
  if (last !== null)
    return writeWorkstate(fleet, of, {heard: last.heard, from: `the transcript of ${last.turn}`, engine: null})
  const {date} = await localTime(fleet, fleet.clock.now())
  const log = fleet.home.files.readText(agentPaths(agent).log(date)) ?? ''
  const at = new Date(fleet.clock.now()).toISOString()
  const heard = parseLog(log)
    .filter(({trigger}) => trigger !== 'workstate')
    .flatMap(({lines}) => lines)
    .map((text): Heard => ({kind: 'agent', name: agent.name, text, at}))
  if (heard.length === 0 || of.with !== undefined) throw nothingToFlush(agent.name)
  return writeWorkstate(fleet, of, {
    heard,
    from: "today's log, as there is no transcript on this machine",
    engine: null,
  })
}

function lastTranscript({mcos}: Fleet, agent: string, person: string | null): {turn: string; heard: Heard[]} | null {
  for (const turn of listTranscripts(mcos).sort().reverse().slice(0, LOOK_BACK)) {
    const file = readTranscript(mcos, turn)
    if (file === null) continue
    const events = eventsOf(file)
    const start = events.find((event) => event.kind === 'start')
    if (start?.kind !== 'start' || start.agent !== agent || start.with !== person) continue
    const heard = [...(start.told ?? []), ...events.flatMap(heardIn)]
    if (heard.length > 0) return {turn, heard}
  }
  return null
}

function heardIn(event: RecordedEvent): Heard[] {
  const {at} = event
  switch (event.kind) {
    case 'reply':
      return event.answer.text.trim() === '' ? [] : [{kind: 'agent', name: event.engine, text: event.answer.text, at}]
    case 'call':
      return [{kind: 'call', name: event.call.tool, text: JSON.stringify(event.call.input), at}]
    case 'result':
      return [{kind: 'result', name: event.result.tool, text: event.result.text, at}]
    default:
      return []
  }
}

function nothingToFlush(agent: string): UserError {
  return new UserError(`${agent} has no transcript of that on this machine, and nothing else to gather a state from.`, {
    code: 'NO_TRANSCRIPT',
    fix: `mcos workstate show ${agent}`,
    exit: EXIT.failed,
  })
}
