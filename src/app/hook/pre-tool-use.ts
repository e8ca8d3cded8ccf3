import {isUserError} from '../../kit/errors.js'
import {saveParsedCache} from '../fleet.js'
import type {HookPlace} from './agent.js'
import {type Answer, encodeDecision, isInteractive, refuseOutright} from './encode.js'
import {type HookAnswer, type HookEvent, parseHookEvent, SILENCE} from './event.js'
import {type Judged, judgeCall} from './judge-call.js'

/** Before a host makes a call: whether it may. Whatever goes wrong here is a no. */
export async function hookPreToolUse(input: string, place: HookPlace): Promise<HookAnswer> {
  const call = parseHookEvent(input)
  if (call === null) return refuseOutright('the hook was not told what it is about: stdin is no JSON object')
  try {
    const judged = await judgeCall(call, place)
    if (judged.fleet !== null) saveParsedCache(judged.fleet)
    if (judged.fleet === null && place.home === null)
      return call.host === 'gemini' ? encodeDecision({effect: 'allow', reason: ''}, call, place.env) : SILENCE
    return encodeDecision(await answerOf(judged, call, place), call, place.env)
  } catch (error) {
    // A bug says so with its name, and still nothing happens.
    const why = error instanceof Error ? error.message : String(error)
    const answer: Answer = {
      effect: 'deny',
      reason: isUserError(error) ? why : `the guard failed, so nothing is allowed: ${why}`,
    }
    return encodeDecision(answer, call, place.env)
  }
}

async function answerOf(judged: Judged, call: HookEvent, {env}: HookPlace): Promise<Answer> {
  const {verdict, agent} = judged
  const {effect, reason, rule, file, line} = verdict
  const where = rule === null ? '' : ` (${rule}${file === null ? '' : `, ${file}${line === null ? '' : `:${line}`}`})`
  const who = agent === null ? '' : `${agent.name}: `
  const whole = `${who}${reason}${where}`
  if (effect !== 'ask' || isInteractive(call, env)) return {effect, reason: whole}
  const pending = await requestFor(judged, call)
  return {
    effect,
    reason: `${whole}; ${pending ?? 'it waits for a person, who can do it themselves or allow it in the contract'}`,
  }
}

/** What the model is told of the request that was made; null: none could be. */
async function requestFor(
  {action, isAlone, fleet, agent, law, verdict, facts}: Judged,
  call: HookEvent,
): Promise<string | null> {
  if (!isAlone || action === null || fleet === null || agent === null || law === null) return null
  const {fileRequest} = await import('./file-request.js')
  return fileRequest({call, action, verdict, fleet, agent, law, taint: facts.taint})
}
