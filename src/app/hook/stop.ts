import type {Fleet} from '../../workspace/fleet.js'
import {auditForHost} from '../audit/audit-hook.js'
import {fleetOfSession, type HookPlace, whoseSession} from './agent.js'
import {type HookAnswer, type HookEvent, parseHookEvent, SILENCE} from './event.js'
import {readSessionFile, sweepSessions} from './session-file.js'

/** When a host's turn ends: what slipped past is taken back, nothing is held up, and sessions long gone are forgotten. */
export async function hookStop(input: string, place: HookPlace): Promise<HookAnswer> {
  try {
    const call = parseHookEvent(input)
    const fleet = await fleetOfSession(call?.cwd ?? process.cwd(), place)
    if (fleet === null) return SILENCE
    const slipped = await audit(fleet, call, place)
    sweepSessions(fleet)
    return slipped === null ? SILENCE : {...SILENCE, stderr: `mcos: ${slipped}\n`}
  } catch (error) {
    // To end is always allowed; what is wrong with the fleet is told by the calls before it.
    return {exit: 0, stdout: '', stderr: `mcos: ${error instanceof Error ? error.message : String(error)}\n`}
  }
}

async function audit(fleet: Fleet, call: HookEvent | null, {env}: HookPlace): Promise<string | null> {
  if (call === null) return null
  const {agent: known} = readSessionFile(fleet, call.session)
  const agent = whoseSession(fleet, {env, cwd: call.cwd ?? process.cwd(), known})
  return agent === null ? null : auditForHost(fleet, agent, call.session)
}
