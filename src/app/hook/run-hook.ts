import type {HookPlace} from './agent.js'
import type {HookAnswer} from './event.js'
import {hookPreToolUse} from './pre-tool-use.js'

/** The events that coding agents call us at. */
export const HOOK_EVENTS = [
  'pre-tool-use',
  'post-tool-use',
  'user-prompt-submit',
  'stop',
  'pre-compact',
  'session-start',
] as const

export type HookEventName = (typeof HOOK_EVENTS)[number]

/** Answers one event; what stands before every call is loaded at once, the others when they come. */
export async function runHook(event: HookEventName, input: string, place: HookPlace): Promise<HookAnswer> {
  switch (event) {
    case 'pre-tool-use':
      return hookPreToolUse(input, place)
    case 'post-tool-use':
      return (await import('./post-tool-use.js')).hookPostToolUse(input, place)
    case 'user-prompt-submit':
      return (await import('./user-prompt-submit.js')).hookUserPromptSubmit(input, place)
    case 'stop':
      return (await import('./stop.js')).hookStop(input, place)
    case 'pre-compact':
      return (await import('./pre-compact.js')).hookPreCompact(input, place)
    case 'session-start':
      return (await import('./session-start.js')).hookSessionStart(input, place)
  }
}
