import type {BeatEvent, BeatListener} from '../heartbeat/events.js'
import type {AgentReport} from '../heartbeat/report.js'
import {cleanLine, shorten} from '../kit/text.js'
import type {TurnListener} from '../turn/events.js'
import {isRemarkable, presentEnd, presentProbe, presentRecovery, troubleOf} from './beat-lines.js'
import {quietText} from './quiet-text.js'
import {tellTurn} from './turn.js'

/** Where a heartbeat is told while it runs. */
export interface BeatScreen {
  /** One line, cleaned. */
  line(text: string): void
  /** A piece of an answer as it streams, cleaned. */
  say(text: string): void
  columns(): number
}

/** Up to so many agents everything is told; of more only what is news or failed. */
const FEW = 5

/** Letters of a name that stand in front of a line. */
const LONGEST_NAME = 16

/**
 * Tells a heartbeat to a person while it runs: each probe as it ends, each turn as it goes on. One agent's answer streams;
 * of several it comes by whole lines with the name in front, and only the first few while others are at it too.
 */
export function tellBeat(screen: BeatScreen): BeatListener {
  const atWork = new Set<string>()
  const turns = new Map<string, TurnListener>()
  const troubles = new Set<string>()
  let agents: readonly string[] = []
  const isAlone = (): boolean => agents.length === 1
  const isCrowd = (): boolean => agents.length > FEW
  const line = (agent: string, text: string): void =>
    screen.line(isAlone() ? `  ${text}` : `${nameCell(agent, agents)}  ${text}`)

  const openTurn = (agent: string): TurnListener => {
    if (isAlone()) return tellTurn({say: screen.say, note: screen.line})
    const columns = (): number => screen.columns() - nameCell(agent, agents).length - 2
    const quiet = quietText((text) => line(agent, text), {isCrowded: () => atWork.size > 1, columns})
    const tell = tellTurn({say: quiet.push, note: (text) => line(agent, text)})
    return (event) => {
      tell(event)
      if (event.kind === 'reply' || event.kind === 'end') quiet.end()
    }
  }
  const tellEnd = (report: AgentReport): void => {
    const [first = '', ...more] = presentEnd(report)
    const trouble = troubleOf(report)
    // What keeps a whole fleet from beating is explained once.
    const isKnown = trouble !== '' && troubles.has(trouble)
    troubles.add(trouble)
    if (isCrowd() && (isKnown || !isRemarkable(report))) return
    screen.line(`${nameCell(report.agent, agents)}  ${first}`)
    if (!isKnown) for (const text of more) line(report.agent, text)
  }
  return (event: BeatEvent) => {
    switch (event.kind) {
      case 'agents':
        agents = event.agents
        return
      case 'look':
        atWork.add(event.agent)
        if (isAlone()) screen.line(cleanLine(event.agent))
        return
      case 'probe':
        if (!isCrowd() || event.news || event.isAgain || event.status !== 'same') line(event.agent, presentProbe(event))
        return
      case 'recovery':
        line(event.agent, presentRecovery(event))
        return
      case 'turn': {
        const turn = turns.get(event.agent) ?? openTurn(event.agent)
        turns.set(event.agent, turn)
        turn(event.event)
        return
      }
      case 'ended':
        atWork.delete(event.report.agent)
        tellEnd(event.report)
        return
    }
  }
}

/** The name, as wide as the widest of them. */
function nameCell(agent: string, agents: readonly string[]): string {
  const width = Math.min(LONGEST_NAME, Math.max(...agents.map((name) => name.length)))
  return shorten(cleanLine(agent), width).padEnd(width)
}
