import {fleetOfSession, type HookPlace} from './agent.js'
import {type HookAnswer, parseHookEvent, SILENCE} from './event.js'
import {sweepSessions} from './session-file.js'

/** When a host's turn ends: nothing is held up, and sessions long gone are forgotten. */
export async function hookStop(input: string, place: HookPlace): Promise<HookAnswer> {
  try {
    const call = parseHookEvent(input)
    const fleet = await fleetOfSession(call?.cwd ?? process.cwd(), place)
    if (fleet !== null) sweepSessions(fleet)
    return SILENCE
  } catch (error) {
    // To end is always allowed; what is wrong with the fleet is told by the calls before it.
    return {exit: 0, stdout: '', stderr: `mcos: ${error instanceof Error ? error.message : String(error)}\n`}
  }
}
