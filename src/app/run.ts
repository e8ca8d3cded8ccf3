import {EXIT, UserError} from '../kit/errors.js'
import {CEILINGS, type Ceilings} from '../turn/turn-input.js'
import {findAgent} from '../workspace/agents.js'
import {parseDuration} from '../workspace/duration.js'
import type {Fleet} from '../workspace/fleet.js'
import type {TaskKind} from './engines/open-route.js'
import {noticePark} from './park.js'
import type {RunReport} from './run/report.js'
import {runTurn} from './run/run-turn.js'
import {type Task, takeSeat, type Watch} from './run/seat.js'
import {personHere} from './speaker.js'

/** `mcos run` as it was asked for. */
export interface RunRequest {
  readonly agent: string
  readonly text: string
  readonly kind?: TaskKind | undefined
  /** Requests to a model. */
  readonly maxCalls?: number | undefined
  readonly maxTokens?: number | undefined
  /** Such as 10m. */
  readonly timeout?: string | undefined
}

/** One piece of work that a person asks for: one turn, one commit, and what it cost. */
export async function run(fleet: Fleet, request: RunRequest, watch: Watch): Promise<RunReport> {
  const agent = findAgent(fleet.home, request.agent)
  const seat = takeSeat(fleet, agent, watch)
  noticePark(fleet, agent, seat.notice)
  const {report} = await runTurn(seat, taskOf(fleet, request))
  return report
}

/** The same as a task of the agent's own work. */
export function taskOf(fleet: Fleet, {text, kind, ...limits}: RunRequest): Task {
  if (text.trim() === '') throw nothingAsked()
  return {
    trigger: 'run',
    request: text,
    by: personHere(fleet.home),
    with: null,
    ...(kind === undefined ? {} : {kind}),
    ceilings: ceilingsOf(limits),
    steps: [],
    againInMs: null,
  }
}

function ceilingsOf({maxCalls, maxTokens, timeout}: Pick<RunRequest, 'maxCalls' | 'maxTokens' | 'timeout'>): Ceilings {
  return {
    ...CEILINGS,
    ...(maxCalls === undefined ? {} : {modelCalls: maxCalls}),
    ...(maxTokens === undefined ? {} : {tokens: maxTokens}),
    ...(timeout === undefined ? {} : {ms: parseSpan(timeout)}),
  }
}

function parseSpan(text: string): number {
  const ms = parseDuration(text)
  if (ms !== null) return ms
  throw new UserError(`${JSON.stringify(text)} is no span of time.`, {
    code: 'USAGE',
    fix: 'Type it as 90s, 10m or 1h.',
    exit: EXIT.usage,
  })
}

function nothingAsked(): UserError {
  return new UserError('There is nothing to do in that text.', {
    code: 'USAGE',
    fix: 'mcos run AGENT "What you want done"',
    exit: EXIT.usage,
  })
}
