import {idTime} from '../kit/ids.js'
import type {Fleet} from '../workspace/fleet.js'
import {formatReceipt, type Receipt, receiptPath} from '../workspace/receipt.js'
import type {AgentReport} from './report.js'

/** What a beat leaves on record: one line that says what it did, or why it did nothing. */
export function receiptOf(
  report: AgentReport,
  {trigger, ended, notes = []}: {trigger: string; ended: number; notes?: readonly string[]},
): Receipt {
  const {turn, agent, state, reason, engine, model_calls, tokens, cost_usd, commit, error} = report
  return {
    turn,
    agent,
    trigger,
    started: new Date(idTime(turn)).toISOString(),
    ended: new Date(ended).toISOString(),
    state,
    reason,
    checks: report.checks
      .filter(({status}) => status !== 'context' && status !== 'off')
      .map(({id, status, news, detail}) => ({id, status, news, detail})),
    engine,
    model_calls,
    tokens,
    cost_usd,
    commit,
    error: error && {code: error.code, message: error.message},
    ...(notes.length === 0 ? {} : {notes}),
  }
}

/** Writes the receipts of all beats that made no commit, in one append. */
export function writeReceipts({mcos, clock}: Fleet, reports: readonly AgentReport[], trigger: string): void {
  if (reports.length === 0) return
  const ended = clock.now()
  const lines = reports.map((report) => formatReceipt(receiptOf(report, {trigger, ended})))
  mcos.append(receiptPath(ended), lines.join(''))
}
