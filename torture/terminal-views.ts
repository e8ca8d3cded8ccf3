import {totalsOf} from '../src/app/status/report.js'
import type {UpEvent} from '../src/app/up/up-event.js'
import {openLiveBeat} from '../src/cli/live/live-beat.js'
import {openTurnOutput} from '../src/cli/open-turn-output.js'
import type {BeatEvent} from '../src/heartbeat/events.js'
import {clean} from '../src/kit/text.js'
import {presentFleetList} from '../src/present/fleet-list.js'
import {presentStatus} from '../src/present/status.js'
import {presentChanges} from '../src/present/status-changes.js'
import {presentDetail} from '../src/present/status-detail.js'
import {presentUp} from '../src/present/up.js'
import {layOut} from '../src/tui/chat/chat-layout.js'
import {ChatStore} from '../src/tui/chat/chat-store.js'
import type {TurnEvent} from '../src/turn/events.js'

/** One view as it reaches the terminal, and the lines of it that may hold no line break. */
export interface ShownView {
  readonly name: string
  readonly shown: string
  readonly lines: readonly string[]
}

const AT = '2026-11-21T08:30:00.000Z'
const TOKENS = {input: 0, output: 0, cache_read: 0, cache_write: 0}

/** The text in every place of each view that others can write into. */
export function viewsOf(text: string): ShownView[] {
  const [before, after] = [reportOf(''), reportOf(text)]
  const changes = presentChanges(before, after)
  const up = [...presentUp({kind: 'trouble', at: AT, message: text}, 'UTC'), ...presentUp(beatOf(text), 'UTC')]
  const details = detailsOf(text)
  return [
    {name: 'status', shown: clean(presentStatus(after)), lines: []},
    {name: 'status changes', shown: clean(changes.join('\n')), lines: changes},
    {
      name: 'fleet list',
      shown: clean(presentFleetList({fleet: text, host: text, agents: [memberOf(text)], strangers: [text]})),
      lines: [],
    },
    {name: 'up', shown: clean(up.join('\n')), lines: up},
    {name: 'detail', shown: details.join('\n'), lines: details},
    {name: 'live turn', shown: liveTurn(text), lines: []},
    {name: 'live beat', shown: liveBeat(text), lines: []},
    {name: 'chat', shown: chatOf(text).join('\n'), lines: chatOf(text)},
  ]
}

function statusOf(text: string) {
  const state = 'idle' as const
  const counts = {tokens_today: 0, cost_today: 0, budget_left: null, inbox: 1, tasks_open: 0, alerts_open: 0}
  return {
    ...counts,
    ...{agent: 'donna', role: text, state, stopped: false, parked: text, elsewhere: text, warm: 'on-demand'},
    ...{last_beat: AT, next_due: AT, context_used: null, window: null, approvals_waiting: 0, last_commit: null},
    ...{last_line: text, error: text},
  }
}

function reportOf(text: string) {
  const agents = [statusOf(text)]
  return {
    fleet: `f${text}`,
    host: text,
    at: AT,
    stopped: false,
    unenforced: ['donna'],
    strangers: [text],
    agents,
    totals: totalsOf(agents, 0),
  }
}

function memberOf(text: string) {
  const life = {state: 'idle', stopped: false, warm: 'on-demand', last_beat: null} as const
  return {agent: 'donna', path: text, role: text, host: text, parked: text, next_due: null, ...life}
}

function beatReport(text: string) {
  return {
    ...{
      agent: 'donna',
      state: 'failed' as const,
      reason: text,
      turn: 't_1',
      commit: null,
      engine: text,
      model_calls: 1,
    },
    ...{tokens: TOKENS, cost_usd: 0, ms: 1, checks: [], alerts: [], messages: []},
    error: {code: 'X', message: text, suggestions: [text]},
  }
}

function beatOf(text: string): UpEvent {
  return {kind: 'beat', at: AT, occasion: 'slot', ms: 1, exit: 1, agents: [beatReport(text)]}
}

function detailsOf(text: string): string[] {
  const row = {id: '1', agent: 'donna', box: 'new', at: AT, from: text, to: 'donna', subject: text} as const
  const more = {priority: 'normal', re: null, path: text, verified: false, reason: text, expired: false} as const
  const pages = [
    presentDetail({page: 'log', path: text, text, trouble: null}),
    presentDetail({page: 'workstate', text, path: text, trouble: null}),
    presentDetail({page: 'messages', messages: [{...row, ...more, trust: 'forged'}], trouble: null}),
    presentDetail({page: 'turn', turn: null, trouble: text}),
  ]
  return pages.flat().map((line) => line.text)
}

/** A turn whose answer comes in pieces that cut its letters wherever it hurts. */
function turnEvents(text: string): TurnEvent[] {
  const call = {id: '1', tool: text, input: {[text]: text}}
  const usage = {input: 1, output: 1, cacheRead: 0, cacheWrite: 0, costUsd: 0, modelCalls: 1}
  const prompt = {tools: [], prefix: '', steps: [], maxOutput: 1, keep: {prefix: null, steps: null}}
  const third = Math.ceil(Math.min(text.length, 3000) / 3)
  const pieces = [text.slice(0, 1), text.slice(1, third), text.slice(third)]
  return [
    {kind: 'request', engine: text, prompt, tokens: 1, window: 10},
    ...pieces.map((piece): TurnEvent => ({kind: 'text', text: piece})),
    {kind: 'own-tool', tool: text, detail: text},
    {kind: 'call', call},
    {kind: 'verdict', id: '1', rule: text},
    {kind: 'result', result: {id: '1', tool: text, text, isError: true}, effect: 'deny', ms: 1},
    {kind: 'no-reply', engine: text, reason: 'silent', detail: text, usage: null},
    {kind: 'wait', engine: text, ms: 1, why: text},
    {
      kind: 'reply',
      engine: text,
      answer: {kind: 'answer', text, calls: [], end: 'done', answered: [], usage: null},
      usage,
      estimated: 1,
    },
  ]
}

function liveTurn(text: string): string {
  const stream = openTerminal()
  const output = openTurnOutput('person', {out: stream, err: stream}, {term: 'xterm', agent: 'donna'})
  for (const event of turnEvents(text)) output.listen(event)
  output.notice(text)
  output.abandon()
  return stream.shown()
}

function liveBeat(text: string): string {
  const stream = openTerminal()
  const live = openLiveBeat({out: stream, err: stream, term: 'xterm'})
  const probe = {check: text, title: text, word: text, probe: text, status: 'alert', news: true, detail: text, ms: 1}
  const events: BeatEvent[] = [
    {kind: 'agents', agents: ['donna']},
    {kind: 'begun', agent: 'donna', what: text},
    {kind: 'probe', agent: 'donna', ...probe} as BeatEvent,
    ...turnEvents(text).map((event): BeatEvent => ({kind: 'turn', agent: 'donna', event})),
    {kind: 'ended', report: beatReport(text)} as BeatEvent,
  ]
  for (const event of events) live.listen(event)
  live.close({report: {fleet: text, host: text, at: AT, agents: [beatReport(text)]}})
  return stream.shown()
}

/** A terminal that keeps what it was sent, but for how the progress line goes. */
function openTerminal() {
  const sent: string[] = []
  return {
    isTTY: true,
    columns: 60,
    write: (piece: string) => sent.push(piece),
    shown: () => sent.join('').replaceAll('\r\u001b[K', ''),
  }
}

function chatOf(text: string): string[] {
  const standing = {agent: 'donna', engine: null, used: null, flushAt: 0.85, costUsd: 0}
  const store = new ChatStore({person: 'ada', words: [], history: [text], standing})
  store.add('note', text)
  store.setProgress(text)
  store.press({kind: 'text', text})
  const view = store.view({columns: 80, rows: 24})
  const {live, progress, queue, input, words, status} = layOut(view)
  store.press({kind: 'key', name: 'up'})
  const recalled = layOut(store.view({columns: 80, rows: 24})).input
  return [
    ...view.entries.map((entry) => entry.text),
    ...live,
    ...progress,
    ...queue,
    ...input,
    ...words,
    status,
    ...recalled,
  ]
}
