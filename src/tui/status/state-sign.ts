import type {AgentStatus} from '../../app/status/agent-status.js'
import {stateWord} from '../../fleet/lifecycle.js'
import type {Span} from '../spans.js'

/** A mark beside each word, and a colour beside both: nothing is told by colour alone. */
const SIGNS: Readonly<Record<string, Pick<Span, 'color' | 'dim' | 'bold'> & {readonly mark: string}>> = {
  stopped: {mark: '■', color: 'red', bold: true},
  failed: {mark: '×', color: 'red'},
  dead: {mark: '†', color: 'red'},
  busy: {mark: '▶', color: 'cyan'},
  warm: {mark: '●', color: 'green'},
  idle: {mark: '○', dim: true},
  parked: {mark: '‖', color: 'yellow'},
  new: {mark: '·', dim: true},
}

const ELSEWHERE = {mark: '→', dim: true} as const

/** What an agent is doing now, as mark and word. */
export function stateSign(status: AgentStatus): Span {
  const word = stateWord(status)
  const {mark, ...style} = SIGNS[word] ?? ELSEWHERE
  return {text: `${mark} ${word}`, ...style}
}
