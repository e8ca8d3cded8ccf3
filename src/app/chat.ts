import type {Step} from '../engines/engine.js'
import {NO_FACTS, type TurnFacts} from '../guard/action.js'
import {EXIT, UserError} from '../kit/errors.js'
import {workstatePath} from '../memory/workstate/path.js'
import type {TurnListener} from '../turn/events.js'
import {CEILINGS} from '../turn/turn-input.js'
import {type AgentEntry, findAgent, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {parseAgentName, sameName} from '../workspace/names.js'
import {type ContextReport, contextOf} from './context.js'
import {type Undone, undo} from './history.js'
import {noticePark} from './park.js'
import type {RunReport} from './run/report.js'
import {runTurn} from './run/run-turn.js'
import {takeSeat} from './run/seat.js'
import {personHere} from './speaker.js'

/** Between two lines: so long the provider should keep what it has read. */
const AGAIN_IN_MS = 2 * 60_000

export interface ChatOptions {
  readonly agent: string
  /** The person; default: who sits at this machine. */
  readonly with?: string | undefined
}

/** What a conversation has cost until now. */
export interface ChatCost extends Pick<RunReport, 'model_calls' | 'tokens' | 'cost_usd' | 'engine'> {
  readonly lines: number
}

interface Said {
  readonly report: RunReport
  /** The conversation before it was said. */
  readonly before: readonly Step[]
}

/**
 * A conversation of one person with an agent. Each line is a turn and a commit; only while it is answered this process
 * holds the agent's lock, so that heartbeats go on in between. A new process goes on from `workstate/chat-NAME.md`.
 */
export class Chat {
  private steps: readonly Step[] = []
  /** Also of lines that were taken back: what was heard stays heard. */
  private facts: TurnFacts = NO_FACTS
  private readonly said: Said[] = []

  private constructor(
    private readonly open: () => Promise<Fleet>,
    readonly agent: string,
    /** With whom. */
    readonly person: string,
  ) {}

  /** Opens the fleet anew for each line: what was changed meanwhile counts. */
  static async open(open: () => Promise<Fleet>, {agent, with: person}: ChatOptions): Promise<Chat> {
    const fleet = await open()
    const name = person === undefined ? personHere(fleet.home) : namedPerson(fleet, person)
    return new Chat(open, findAgent(fleet.home, agent).name, name)
  }

  async say(
    line: string,
    watch: {readonly signal: AbortSignal; readonly listen: TurnListener; readonly notice: (text: string) => void},
  ): Promise<RunReport> {
    const {fleet, agent} = await this.look()
    if (this.said.length === 0) noticePark(fleet, agent, watch.notice)
    const before = this.steps
    const {report, steps, facts} = await runTurn(takeSeat(fleet, agent, watch), {
      trigger: 'chat',
      request: line,
      by: this.person,
      with: this.person,
      ceilings: CEILINGS,
      // The first line stands in the prompt that begins it all.
      steps: before.length === 0 ? [] : [...before, {kind: 'prompt', text: line}],
      facts: this.facts,
      againInMs: AGAIN_IN_MS,
    })
    this.facts = facts
    // A line that nobody could answer is as if it had not been said; one that was interrupted has been heard.
    this.steps = report.model_calls === 0 && report.end !== 'interrupted' ? before : steps
    this.said.push({report, before})
    return report
  }

  /** All that was said here, in its order. */
  reports(): readonly RunReport[] {
    return this.said.map(({report}) => report)
  }

  /** What would be sent if `line` was the first one. */
  async context(line: string): Promise<ContextReport> {
    return contextOf((await this.look()).fleet, this.agent, {purpose: line, person: this.person})
  }

  /** What comes on top of that in this conversation. */
  standing(): string {
    const steps = `${this.steps.length} ${this.steps.length === 1 ? 'step' : 'steps'}`
    return `This conversation sends the ${steps} until now behind it.`
  }

  /** What a new process would go on from; null as long as there is nothing. */
  async workstate(): Promise<string | null> {
    const {fleet, agent} = await this.look()
    return fleet.home.files.readText(workstatePath(agent, this.person))
  }

  /** Takes back what the last line changed, and forgets that it was said; null when there is none left. */
  async undo(): Promise<Undone | null> {
    const last = this.said.findLast(({report}) => report.commits.length > 0)
    if (!last) return null
    const {fleet} = await this.look()
    const undone = undo(fleet, {turns: [...last.report.turns].reverse(), dryRun: false})
    this.steps = last.before
    this.said.splice(this.said.indexOf(last))
    return undone
  }

  cost(): ChatCost {
    const reports = this.reports()
    const sum = (of: (report: RunReport) => number): number => reports.reduce((total, report) => total + of(report), 0)
    return {
      lines: reports.length,
      model_calls: sum(({model_calls}) => model_calls),
      tokens: {
        input: sum(({tokens}) => tokens.input),
        output: sum(({tokens}) => tokens.output),
        cache_read: sum(({tokens}) => tokens.cache_read),
        cache_write: sum(({tokens}) => tokens.cache_write),
      },
      cost_usd: sum(({cost_usd}) => cost_usd),
      engine: reports.at(-1)?.engine ?? null,
    }
  }

  private async look(): Promise<{readonly fleet: Fleet; readonly agent: AgentEntry}> {
    const fleet = await this.open()
    return {fleet, agent: findAgent(fleet.home, this.agent)}
  }
}

function namedPerson({home}: Fleet, typed: string): string {
  const name = parseAgentName(typed)
  if (!listAgents(home).some((agent) => sameName(agent.name, name))) return name
  throw new UserError(`${name} is an agent of this fleet, and this is for talking with people.`, {
    code: 'NAME_TAKEN',
    fix: `To make agents talk: mcos message send ${name} "text" --from AGENT`,
    exit: EXIT.usage,
  })
}
