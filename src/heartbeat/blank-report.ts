import {isUserError, UserError} from '../kit/errors.js'
import type {AgentEntry} from '../workspace/agents.js'
import {NO_TOKENS} from '../workspace/receipt.js'
import type {AgentReport} from './report.js'

/** A report of a beat that has done nothing yet. */
export function blankReport(agent: AgentEntry, turn: string): AgentReport {
  return {
    agent: agent.name,
    state: 'idle',
    reason: '',
    turn,
    commit: null,
    engine: null,
    model_calls: 0,
    tokens: NO_TOKENS,
    cost_usd: 0,
    ms: 0,
    checks: [],
    alerts: [],
    messages: [],
    error: null,
  }
}

/** The same for a beat that ended in this; a bug of ours fails its own agent with its stack, and the others are served. */
export function failedReport(report: AgentReport, thrown: unknown): AgentReport {
  const {code, message, suggestions} = isUserError(thrown) ? thrown : asBug(thrown)
  return {...report, state: 'failed', reason: message, error: {code, message, suggestions}}
}

function asBug(thrown: unknown): UserError {
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return new UserError(`This is a bug in mcos, not something you did: ${stack}`, {
    code: 'BUG',
    fix: 'Report it with the lines above; what was committed before is safe.',
    cause: thrown,
  })
}
