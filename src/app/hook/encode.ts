import {closeSync, openSync, readSync} from 'node:fs'
import type {Effect} from '../../guard/action.js'
import {type HookAnswer, type HookEvent, SILENCE} from './event.js'

/** The first release that ends a turn without a terminal at a call that waits. */
const DEFERS = [2, 1, 197]
const FIRST_BYTES = 64 * 1024

/** A decision before it is put into a host's words. */
export interface Answer {
  readonly effect: Effect
  readonly reason: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * A decision in the words of the host that asks. A question is one only where a person sits before Claude Code; to the
 * others it would be a yes, so there it is a no that says how a person can allow it.
 */
export function encodeDecision({effect, reason}: Answer, call: HookEvent, env: Environment): HookAnswer {
  const line = `mcos: ${reason.replace(/\s+/g, ' ').slice(0, 900)}`
  if (call.host === 'gemini') return json(effect === 'allow' ? {} : {decision: 'deny', reason: line})
  if (effect === 'allow') return SILENCE
  const decision = effect === 'ask' && call.host === 'claude' ? questionFor(call, env) : 'deny'
  return json({
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: decision,
      permissionDecisionReason: line,
    },
  })
}

/** No host goes on after this, whichever it is. */
export function refuseOutright(why: string): HookAnswer {
  return {exit: 2, stdout: '', stderr: `mcos: ${why.replace(/\s+/g, ' ').slice(0, 900)}\n`}
}

/** Whether a call can wait for a person who looks on. */
export function isInteractive({host, mode}: Pick<HookEvent, 'host' | 'mode'>, env: Environment): boolean {
  if (host !== 'claude' || env['MCOS_AGENT'] !== undefined) return false
  return env['CLAUDE_CODE_ENTRYPOINT'] === 'cli' && mode !== 'dontAsk' && mode !== 'bypassPermissions'
}

function questionFor(call: HookEvent, env: Environment): 'ask' | 'defer' | 'deny' {
  if (isInteractive(call, env)) return 'ask'
  const isHeadless = /^sdk/.test(env['CLAUDE_CODE_ENTRYPOINT'] ?? '') || env['MCOS_AGENT'] !== undefined
  return isHeadless && knowsToDefer(call.transcript) ? 'defer' : 'deny'
}

/** The host tells its version nowhere but in its own record of the session. */
function knowsToDefer(transcript: string | null): boolean {
  const [, ...numbers] = /"version"\s*:\s*"(\d+)\.(\d+)\.(\d+)"/.exec(beginningOf(transcript)) ?? []
  if (numbers.length < DEFERS.length) return false
  const place = DEFERS.findIndex((least, index) => Number(numbers[index]) !== least)
  return place === -1 || Number(numbers[place]) > (DEFERS[place] ?? 0)
}

function beginningOf(path: string | null): string {
  if (path === null) return ''
  try {
    const fd = openSync(path, 'r')
    try {
      const bytes = Buffer.alloc(FIRST_BYTES)
      return bytes.subarray(0, readSync(fd, bytes)).toString('utf8')
    } finally {
      closeSync(fd)
    }
  } catch {
    // None there: then nothing is known of the version.
    return ''
  }
}

function json(value: unknown): HookAnswer {
  return {exit: 0, stdout: `${JSON.stringify(value)}\n`, stderr: ''}
}
