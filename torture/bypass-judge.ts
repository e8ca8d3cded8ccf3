import {hookPreToolUse} from '../src/app/hook/pre-tool-use.js'
import type {Arena} from './bypass-arena.js'
import type {Carrier} from './bypass-carriers.js'

/** Asks the hook as a host does; true: the host would go on and make the call. */
export type Judge = (
  carrier: Pick<Carrier, 'host' | 'event' | 'tool'>,
  input: Readonly<Record<string, unknown>>,
) => Promise<boolean>

export function openJudge({home, own}: Arena): Judge {
  let count = 0
  return async ({event, tool}, input) => {
    const call = {
      session_id: `bypass-${count++}`,
      transcript_path: null,
      cwd: own,
      hook_event_name: event,
      permission_mode: 'default',
      tool_name: tool,
      tool_input: input,
      tool_use_id: `call-${count}`,
    }
    const {exit, stdout} = await hookPreToolUse(JSON.stringify(call), {home, env: {HOME: home}})
    return exit === 0 && !/"(?:permissionDecision|decision)"\s*:\s*"(?:deny|ask|defer)"/.test(stdout)
  }
}
