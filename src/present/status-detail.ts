import type {MessageRow} from '../app/messages/read-messages.js'
import type {AgentDetail, LastTurn} from '../app/status/agent-detail.js'
import {clean, cleanLine, shorten} from '../kit/text.js'
import type {RecordedEvent} from '../turn/transcript-events.js'
import {dollars} from './money.js'

/** How a line of a page is meant; what shows it is the screen's affair. */
export type Tone = 'plain' | 'head' | 'faint' | 'good' | 'bad' | 'added' | 'removed'

export interface DetailLine {
  readonly text: string
  readonly tone: Tone
}

const LONGEST_CALL = 400
/** Nobody scrolls further on a screen; `mcos log` and `mcos show` have the whole. */
const MOST_LINES = 1000

/** A page as lines that are not cut yet; none of them can steer a terminal. */
export function presentDetail(detail: AgentDetail): readonly DetailLine[] {
  if (detail.trouble !== null) return [line(detail.trouble, 'bad')]
  switch (detail.page) {
    case 'log':
      return detail.text === null
        ? [line('Nothing was logged yet.', 'faint')]
        : [line(detail.path, 'faint'), ...markdown(detail.text).slice(-MOST_LINES)]
    case 'workstate':
      return detail.text === null
        ? [line('It is in the middle of nothing.', 'faint')]
        : markdown(detail.text).slice(0, MOST_LINES)
    case 'turn':
      return detail.turn === null ? [line('It has taken no turn yet.', 'faint')] : presentTurn(detail.turn)
    case 'messages':
      return detail.messages.length === 0
        ? [line('No message lies unread or open.', 'faint')]
        : detail.messages.flatMap(presentMessage)
  }
}

function presentTurn({id, transcript, commit}: LastTurn): DetailLine[] {
  const what =
    commit === null ? 'no commit: there was nothing to keep' : `${commit.subject} (${commit.commit.slice(0, 10)})`
  const cost = commit?.cost_usd === null || commit === null ? '' : `, ${dollars(commit.cost_usd)}`
  return [
    line(`${id}${cost}`, 'head'),
    line(what, 'plain'),
    ...(transcript === null ? [] : [line('', 'plain'), ...transcript.events.flatMap(presentEvent)]),
    ...(commit === null ? [] : [line('', 'plain'), ...diffLines(commit.diff).slice(0, MOST_LINES)]),
  ]
}

function presentEvent(event: RecordedEvent): DetailLine[] {
  const at = event.at.slice(11, 19)
  switch (event.kind) {
    case 'call':
      return [line(`${at} ${event.call.tool} ${shorten(JSON.stringify(event.call.input), LONGEST_CALL)}`, 'plain')]
    case 'own-tool':
      return [line(`${at} its own ${event.tool}: ${event.detail}`, 'plain')]
    case 'result': {
      const isBad = event.result.isError || event.effect === 'deny'
      const first = cleanLine(event.result.text.split('\n')[0] ?? '')
      return [
        line(
          `${isBad ? '  × ' : '  ✓ '}${event.effect ?? 'not guarded'}: ${shorten(first, LONGEST_CALL)}`,
          isBad ? 'bad' : 'good',
        ),
      ]
    }
    case 'reply':
      return event.answer.text.trim() === ''
        ? []
        : [line(`${at} ${event.engine}:`, 'faint'), ...paragraphs(event.answer.text.trim())]
    case 'no-reply':
      return [line(`${at} ${event.engine} gave no answer: ${event.detail}`, 'bad')]
    case 'end':
      return [line(`${at} end: ${event.why}${event.detail === null ? '' : `, ${event.detail}`}`, 'faint')]
    default:
      return []
  }
}

function diffLines(diff: string): DetailLine[] {
  return clean(diff)
    .split('\n')
    .map((text) => {
      if (/^(?:diff|index|---|\+\+\+|@@)/.test(text)) return line(text, 'faint')
      return line(text, text.startsWith('+') ? 'added' : text.startsWith('-') ? 'removed' : 'plain')
    })
}

function presentMessage({at, box, from, subject, priority, verified, reason}: MessageRow): DetailLine[] {
  const who = verified ? `from ${from}` : `says it is from ${from}`
  const how = priority === 'normal' ? '' : `, ${priority}`
  return [
    line(`${box === 'new' ? '● ' : '  '}${subject}`, box === 'new' ? 'head' : 'plain'),
    line(
      `  ${at.slice(0, 16).replace('T', ' ')} ${who}${how}, ${box}${reason === null ? '' : `: ${reason}`}`,
      verified ? 'faint' : 'bad',
    ),
  ]
}

function markdown(text: string): DetailLine[] {
  return clean(text)
    .trimEnd()
    .split('\n')
    .map((row) => line(row, row.startsWith('#') ? 'head' : 'plain'))
}

function paragraphs(text: string): DetailLine[] {
  return clean(text)
    .split('\n')
    .map((row) => line(`  ${row}`, 'plain'))
}

/** Tabs have no width that a screen could count on. */
function line(text: string, tone: Tone): DetailLine {
  return {text: clean(text).replaceAll('\t', '    ').replaceAll('\n', ' '), tone}
}
