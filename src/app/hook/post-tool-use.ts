import {kindOf} from '../../guard/permit.js'
import {fleetOfSession, type HookPlace, whoseSession} from './agent.js'
import {refuseOutright} from './encode.js'
import {type HookAnswer, parseHookEvent, SILENCE} from './event.js'
import {factsWith, noteInSession, readSessionFile} from './session-file.js'
import {settle} from './settle.js'
import {wantedBy} from './wanted.js'

/** After a call: what it has brought into the session, or done outside, is kept for the calls that follow. */
export async function hookPostToolUse(input: string, place: HookPlace): Promise<HookAnswer> {
  try {
    return await noteCall(input, place)
  } catch (error) {
    // What can't be noted down would be forgotten: the host hears of it.
    return refuseOutright(
      `what this call has brought in can't be noted: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

async function noteCall(input: string, place: HookPlace): Promise<HookAnswer> {
  const call = parseHookEvent(input)
  if (call === null) return refuseOutright('the hook was not told what it is about: stdin is no JSON object')
  const silence = call.host === 'gemini' ? {...SILENCE, stdout: '{}\n'} : SILENCE
  const cwd = call.cwd ?? process.cwd()
  const fleet = await fleetOfSession(cwd, place)
  if (fleet === null) return silence
  const before = readSessionFile(fleet, call.session)
  const agent = whoseSession(fleet, {env: place.env, cwd, known: before.agent})
  const wanted = wantedBy(call, {cwd, userHome: place.env['HOME'] || null})
  // It was made although nobody knows what it does: then it may have brought in anything.
  const facts =
    wanted.kind === 'actions'
      ? factsWith(
          before.facts,
          settle(wanted.actions, {home: fleet.home.dir, session: call.session}).actions.filter(
            ({verb, target}) => kindOf(verb) !== 'path' || target !== '',
          ),
        )
      : {...before.facts, taint: [...before.facts.taint, `the tool ${call.tool ?? 'of a host'}`]}
  noteInSession(fleet, call.session, {before, after: {agent: agent?.name ?? null, facts}})
  // What a command really did is seen on the disk, whatever it looked like before.
  const hasRun = wanted.kind !== 'actions' || wanted.actions.some(({verb}) => verb === 'run')
  if (agent === null || !hasRun) return silence
  const {auditForHost} = await import('../audit/audit-hook.js')
  const slipped = await auditForHost(fleet, agent, call.session)
  return slipped === null ? silence : refuseOutright(slipped)
}
