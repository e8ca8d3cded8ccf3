import type {Engine, EngineModel, Prompt, Reply, StopReason} from '../../engines/engine.js'
import {recordedEngine} from '../../engines/recorded.js'
import type {FixedClock} from '../../kit/clock.js'
import {BadCall} from '../../turn/bad-call.js'
import type {Redactor} from '../../turn/redact.js'
import type {Tool, ToolOutcome} from '../../turn/tool.js'
import {OUTSIDE_TOOLS} from '../../turn/transcript.js'
import type {RecordedEvent, RecordedRequest} from '../../turn/transcript-events.js'
import {comparePrompts, type Difference} from './compare.js'

type Outcome = Extract<RecordedEvent, {kind: 'reply' | 'no-reply'}>
type Result = Extract<RecordedEvent, {kind: 'result'}>

interface Exchange {
  readonly request: RecordedRequest
  /** null: the process was killed before there was one. */
  readonly outcome: Outcome | null
}

/** The line of a call that was answered from the record: what the real one said in the log is not in the transcript. */
export const UNKNOWN_LINE = '(as it was recorded)'

/** Hands out what was recorded, in its order, and takes note of every request that is not the recorded one. */
export class Recording {
  readonly differences: Difference[] = []
  private readonly exchanges: Exchange[]
  private readonly results: Result[]
  private asked = 0

  constructor(
    events: readonly RecordedEvent[],
    private readonly around: {readonly clock: FixedClock; readonly redactor: Redactor},
  ) {
    this.exchanges = exchangesOf(events)
    this.results = events.filter(
      (event): event is {at: string} & Result =>
        event.kind === 'result' && event.effect !== 'ask' && event.effect !== 'deny',
    )
  }

  get requests(): number {
    return this.exchanges.length
  }

  /** As far as the record knows it: its window, and how long its answers could be. */
  engine(name: string): Engine {
    const first = this.exchanges.find(({request}) => request.engine === name)?.request
    const model: EngineModel = {
      window: first?.window ?? 200_000,
      maxOutput: first?.prompt?.maxOutput ?? 4096,
      prices: null,
      billing: 'metered',
      minCacheTokens: null,
      identity: `recorded-${name}`,
    }
    return recordedEngine({name, model}, (prompt) => this.reply(name, prompt))
  }

  /** Tools whose effects are outside, answered from the record; the others do what they do, in the copy. */
  hands(tools: readonly Tool[]): Tool[] {
    return tools.map((tool) => {
      if (!OUTSIDE_TOOLS.includes(tool.name)) return tool
      return {...tool, perform: () => this.result(tool.name)}
    })
  }

  /** What was recorded and never asked for. */
  finish(): readonly Difference[] {
    const left = this.exchanges.length - this.asked
    if (left > 0) this.tell('requests', `${left} of ${this.exchanges.length} recorded requests were not sent`)
    const unused = this.results.filter(({result}) => OUTSIDE_TOOLS.includes(result.tool))
    for (const {result} of unused) this.tell(`result of ${result.tool}`, 'was recorded, and was not asked for')
    return this.differences
  }

  private reply(name: string, prompt: Prompt): Reply {
    const next = this.exchanges[this.asked]
    if (next === undefined) {
      this.tell('requests', `${name} is asked once more than was recorded`)
      return stopped('interrupted', 'the record ends here')
    }
    // It was passed over then, and not asked: put aside, backing off, over its budget.
    if (next.request.engine !== name) return stopped('unauthorized', 'it was not asked')
    this.asked++
    const sent = this.around.redactor.value(prompt)
    const where = `request ${this.asked}`
    if (next.request.prompt === null) this.tell(where, 'what was sent is not readable any more')
    else this.differences.push(...comparePrompts(where, next.request.prompt, sent))
    return this.answer(next.outcome)
  }

  private answer(outcome: Outcome | null): Reply {
    if (outcome === null) return stopped('interrupted', 'it was killed while it waited')
    this.around.clock.set(outcome.at)
    if (outcome.kind === 'reply') return outcome.answer
    return stopped(outcome.reason as StopReason, outcome.detail)
  }

  private result(tool: string): ToolOutcome {
    const at = this.results.findIndex(({result}) => result.tool === tool)
    const [found] = at === -1 ? [] : this.results.splice(at, 1)
    if (!found) {
      this.tell(`call of ${tool}`, 'was not recorded, and is not made')
      throw new BadCall('not in the record')
    }
    if (found.result.isError) throw new BadCall(found.result.text)
    return {text: found.result.text, changes: [], line: UNKNOWN_LINE, messages: []}
  }

  private tell(what: string, detail: string): void {
    this.differences.push({what, detail})
  }
}

function exchangesOf(events: readonly RecordedEvent[]): Exchange[] {
  return events.flatMap((event, index): Exchange[] => {
    if (event.kind !== 'request') return []
    const rest = events.slice(index + 1)
    const end = rest.findIndex(({kind}) => kind === 'request')
    const own = end === -1 ? rest : rest.slice(0, end)
    const outcome = own.find(
      (one): one is {at: string} & Outcome =>
        (one.kind === 'reply' || one.kind === 'no-reply') && one.engine === event.engine,
    )
    return [{request: event, outcome: outcome ?? null}]
  })
}

function stopped(reason: StopReason, detail: string): Reply {
  return {kind: 'stopped', reason, detail, usage: null}
}
