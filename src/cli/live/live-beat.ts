import type {HeartbeatAnswer} from '../../app/heartbeat.js'
import type {BeatEvent, BeatListener} from '../../heartbeat/events.js'
import type {Letters} from '../../kit/plain-letters.js'
import {tellBeat} from '../../present/beat.js'
import {presentBeatClosing} from '../../present/beat-closing.js'
import {followTurn} from './follow-turn.js'
import {openLiveProgress} from './live-progress.js'
import {type LiveStream, openProgressLine} from './progress-line.js'

/** A heartbeat that somebody watches. */
export interface LiveBeat {
  readonly listen: BeatListener
  /** What has not been told yet, then what was done, what it cost and what is next. */
  close(answer: Pick<HeartbeatAnswer, 'report'>): void
  /** When it broke: nothing of the progress stays. */
  abandon(): void
}

export interface LiveSite {
  readonly out: LiveStream
  readonly err: LiveStream
  readonly term: string | undefined
  /** What the terminal has letters for. */
  readonly letters?: Letters
}

/** Lines go to stdout where that is the terminal, else to stderr; the progress line always to stderr. */
export function openLiveBeat({out, err, term, letters = 'all'}: LiveSite): LiveBeat {
  const line = openProgressLine(err, term, letters)
  const page = line.over(out.isTTY === true ? out : err)
  const tell = tellBeat({
    line: (text) => void page.write(`${text}\n`),
    say: (text) => void page.write(text),
    columns: () => page.columns || 80,
  })
  const ended = new Set<string>()
  let agents = 0
  const head = (): string => (agents > 1 ? `${ended.size} of ${agents} · ` : '')
  const progress = openLiveProgress(line, {head})
  const turns = new Map<string, ReturnType<typeof followTurn>>()
  const follow = (event: BeatEvent): void => {
    switch (event.kind) {
      case 'agents':
        agents = event.agents.length
        return
      case 'begun':
        progress.begin(`${event.agent} ${event.what}`, `${event.agent}: ${event.what}`)
        return
      case 'over':
        progress.end(`${event.agent} ${event.what}`)
        return
      case 'turn': {
        const turn = turns.get(event.agent) ?? followTurn(progress, event.agent)
        turns.set(event.agent, turn)
        turn(event.event)
        return
      }
      case 'ended':
        ended.add(event.report.agent)
        progress.end(`turn ${event.report.agent}`)
        return
      case 'look':
      case 'probe':
      case 'recovery':
        return
    }
  }
  return {
    listen(event) {
      follow(event)
      tell(event)
    },
    abandon: progress.close,
    close({report}) {
      progress.close()
      // Where nothing could begin, no event has said so.
      for (const one of report.agents) if (!ended.has(one.agent)) tell({kind: 'ended', report: one})
      page.write(`${presentBeatClosing(report)}\n`)
    },
  }
}
