import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import type {ClaimedUsage, Engine, EngineModel, EngineRequest, Reply} from './engine.js'
import type {Prompt, Step} from './prompt.js'
import {readScript, type ScriptedAnswer, SILENT} from './script-file.js'
import {NOTHING_CLAIMED} from './usage.js'

export interface ScriptedOptions {
  readonly name: string
  readonly facts: EngineModel
  readonly files: Folder
  /** From the home. */
  readonly file: string
}

/**
 * An engine that answers from a file, for tests and for rehearsing a fleet offline: what an agent would do, without any
 * model. The order of a file counts from the moment it is opened.
 */
export function openScripted({name, facts, files, file}: ScriptedOptions): Engine {
  let given: Engine | null = null
  return {
    name,
    model: facts,
    async reply(request, options) {
      try {
        given ??= scriptedEngine({name, facts}, readScript(files, file))
      } catch (error) {
        if (!isUserError(error)) throw error
        return {kind: 'stopped', reason: 'invalid', detail: error.message, usage: NOTHING_CLAIMED}
      }
      return given.reply(request, options)
    },
  }
}

/** The same from answers that are at hand already. */
export function scriptedEngine(
  {name, facts}: {readonly name: string; readonly facts: EngineModel},
  answers: readonly Partial<ScriptedAnswer>[],
): Engine {
  const whole = answers.map((answer) => ({...SILENT, ...answer}))
  const waiting = whole.filter(({when}) => when === null)
  let asked = 0
  return {
    name,
    model: facts,
    async reply(request, {signal, onEvent}) {
      const prompt = await request.prompt()
      if (signal.aborted)
        return {kind: 'stopped', reason: 'interrupted', detail: 'it was stopped', usage: NOTHING_CLAIMED}
      const last = textOf(prompt.steps.at(-1)).toLowerCase()
      const found = whole.find(({when}) => when !== null && last.includes(when.toLowerCase())) ?? waiting.shift()
      if (!found) {
        return {
          kind: 'stopped',
          reason: 'invalid',
          detail: `the script of ${name} has no answer left`,
          usage: NOTHING_CLAIMED,
        }
      }
      asked++
      if (found.text !== '' && found.stop === null) onEvent({kind: 'text', text: found.text})
      return replyOf(found, {request, prompt, asked, name})
    },
  }
}

interface Asked {
  readonly request: EngineRequest
  readonly prompt: Prompt
  readonly asked: number
  readonly name: string
}

function replyOf(answer: ScriptedAnswer, {request, prompt, asked, name}: Asked): Reply {
  const usage = {...usageOf(prompt, answer), ...answer.usage}
  if (answer.stop !== null) {
    const wait = answer.retryAfterMs === null ? {} : {retryAfterMs: answer.retryAfterMs}
    const detail = answer.text || `the script of ${name} says ${answer.stop}`
    return {
      kind: 'stopped',
      reason: answer.stop,
      detail,
      usage: answer.usage === null ? NOTHING_CLAIMED : usage,
      ...wait,
    }
  }
  const end = answer.end ?? (answer.calls.length > 0 ? 'calls' : 'done')
  return {
    kind: 'answer',
    text: answer.text,
    calls: answer.calls.map((call, index) => ({id: `${asked}_${index + 1}`, ...call})),
    end,
    answered: end === 'done' ? request.questions.map(({check}) => check) : [],
    usage,
  }
}

/** Four bytes a token, both ways: the same script costs the same on every machine. */
function usageOf(prompt: Prompt, {text, calls}: ScriptedAnswer): ClaimedUsage {
  const sent = [JSON.stringify(prompt.tools), prompt.prefix, ...prompt.steps.map(textOf)].join('\n')
  const answered = calls.length > 0 ? `${text}${JSON.stringify(calls)}` : text
  return {...NOTHING_CLAIMED, costUsd: null, input: tokens(sent), output: tokens(answered), modelCalls: 1}
}

function tokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4)
}

function textOf(step: Step | undefined): string {
  if (step === undefined) return ''
  if (step.kind === 'prompt') return step.text
  if (step.kind === 'results') return step.results.map(({tool, text}) => `${tool}: ${text}`).join('\n')
  return `${step.text}${step.calls.length > 0 ? JSON.stringify(step.calls) : ''}`
}
