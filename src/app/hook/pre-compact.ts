import {existsSync} from 'node:fs'
import {readStop} from '../../guard/stop.js'
import {personHere} from '../speaker.js'
import {writeWorkstate} from '../workstate/write-workstate.js'
import {agentOfSession, type HookPlace} from './agent.js'
import {type HookAnswer, parseHookEvent, SILENCE} from './event.js'
import {readSession} from './transcript.js'

/**
 * Before a host cuts its context: the agent's WORKSTATE.md is written from the session's transcript and committed. What
 * can't be written holds the cut up, where the host lets a hook do that.
 */
export async function hookPreCompact(input: string, place: HookPlace): Promise<HookAnswer> {
  try {
    return await flushSession(input, place)
  } catch (error) {
    return block(error instanceof Error ? error.message : String(error))
  }
}

async function flushSession(input: string, place: HookPlace): Promise<HookAnswer> {
  const event = parseHookEvent(input)
  if (event === null) return block('the hook was not told what it is about: stdin is no JSON object')
  const found = await agentOfSession(event.cwd ?? process.cwd(), place)
  if (found === null) return SILENCE
  const {fleet, agent} = found
  if (readStop(fleet.mcos, agent.name)) return block('mcos stop holds everything')
  if (event.transcript === null || !existsSync(event.transcript))
    return block(`there is no transcript at ${event.transcript ?? 'any path'}`)
  const heard = await readSession(event.transcript, personHere(fleet.home))
  await writeWorkstate(
    fleet,
    {agent: agent.name},
    {heard, from: `session ${event.session ?? 'of a host'}`, engine: null},
  )
  return SILENCE
}

function block(why: string): HookAnswer {
  const line = why.replace(/\s+/g, ' ').slice(0, 600)
  return {exit: 2, stdout: '', stderr: `mcos: WORKSTATE.md could not be written, so nothing is cut: ${line}\n`}
}
