import type {Step} from '../../engines/engine.js'
import {readStop} from '../../guard/stop.js'
import {findAgent} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {NO_TOKENS, type Tokens} from '../../workspace/receipt.js'
import {noticePark} from '../park.js'
import {type RunRequest, taskOf} from '../run.js'
import {readWork} from './next.js'
import {hasProgress, isGoalReached} from './progress.js'
import type {RunReport} from './report.js'
import {runTurn} from './run-turn.js'
import {type Seat, type Task, takeSeat, type Watch} from './seat.js'
import type {TurnDone} from './turn-done.js'

/** A longer piece of work: how many episodes at most, and how many requests to a model each may take. */
export interface EpisodesRequest extends RunRequest {
  readonly episodes: number
  readonly turns?: number | undefined
}

/** Why no other episode followed; the words are a promise to programs. */
export type EpisodesEnd =
  | 'goal'
  | 'episodes'
  | 'no-progress'
  | 'budget'
  | 'engines'
  | 'refusal'
  | 'stopped'
  | 'interrupted'
  | 'failed'

export interface Episode {
  readonly turn: string
  readonly end: RunReport['end']
  readonly commit: string | null
  readonly cost_usd: number
  readonly tokens: Tokens
}

/** All of them as one: sums over all, the rest as the last one left it. */
export interface EpisodesReport extends RunReport {
  readonly episodes: readonly Episode[]
  readonly stopped_because: EpisodesEnd
}

/** Requests to a model in one episode, where nobody has said. */
const TURNS = 8

/** So many episodes in a row that got nowhere end it. */
const MOST_IDLE = 2

/** Works at one goal in short contexts, each a commit; what the next one needs to know stands in WORKSTATE.md. */
export async function runEpisodes(fleet: Fleet, request: EpisodesRequest, watch: Watch): Promise<EpisodesReport> {
  const seat = takeSeat(fleet, findAgent(fleet.home, request.agent), watch)
  noticePark(fleet, seat.agent, seat.notice)
  const task = taskOf(fleet, request)
  return workInEpisodes(
    seat,
    {...task, ceilings: {...task.ceilings, modelCalls: request.turns ?? TURNS}},
    request.episodes,
  )
}

async function workInEpisodes(seat: Seat, task: Task, most: number): Promise<EpisodesReport> {
  const {fleet, agent, signal} = seat
  const ended: TurnDone[] = []
  let idle = 0
  let because: EpisodesEnd | null = null
  while (because === null) {
    const before = readWork(fleet, agent, null)
    const done = await runTurn(seat, {...task, steps: [framed(task, {number: ended.length + 1, most})]})
    ended.push(done)
    const progress = {before, after: readWork(fleet, agent, null), done}
    idle = hasProgress(agent, progress) ? 0 : idle + 1
    if (isGoalReached(progress)) because = 'goal'
    else because = whyEnd(done.report) ?? (idle >= MOST_IDLE ? 'no-progress' : null)
    if (because === null && ended.length >= most) because = 'episodes'
    if (because === null && signal.aborted) because = 'interrupted'
    if (because === null && readStop(fleet.mcos, agent.name)) because = 'stopped'
  }
  return reportEpisodes(ended, because)
}

/** A ceiling is how an episode usually ends; what else there is ends them all. */
function whyEnd({end, error}: RunReport): EpisodesEnd | null {
  if (end === 'done' || end === 'ceiling' || end === 'flushed' || end === 'recovered') {
    return error !== null && error.code !== 'CEILING' ? 'failed' : null
  }
  return end
}

/** What the model is told besides; not the person's words, so that nothing of it gets into WORKSTATE.md as theirs. */
function framed({ceilings}: Task, {number, most}: {number: number; most: number}): Step {
  const told = [
    `This is episode ${number} of at most ${most}, with at most ${ceilings.modelCalls} requests to you in each.`,
    'The next one knows only what stands in files and in WORKSTATE.md.',
    ...(number === 1 ? [] : ['Go on from WORKSTATE.md; what it says is done is done.']),
    'When the goal is reached, mark it done with the workstate tool.',
  ]
  return {kind: 'prompt', text: told.join(' ')}
}

function reportEpisodes(ended: readonly TurnDone[], because: EpisodesEnd): EpisodesReport {
  const reports = ended.map(({report}) => report)
  const last = reports.at(-1)
  if (!last) throw new Error('no episode')
  const sum = (of: (report: RunReport) => number): number => reports.reduce((total, report) => total + of(report), 0)
  const keys = Object.keys(NO_TOKENS) as (keyof Tokens)[]
  return {
    ...last,
    turns: reports.flatMap(({turns}) => turns),
    model_calls: sum(({model_calls}) => model_calls),
    tokens: Object.fromEntries(keys.map((key) => [key, sum(({tokens}) => tokens[key])])) as unknown as Tokens,
    cost_usd: sum(({cost_usd}) => cost_usd),
    commits: reports.flatMap(({commits}) => commits),
    messages: [...new Set(reports.flatMap(({messages}) => messages))],
    refused: reports.flatMap(({refused}) => refused),
    notes: [...new Set(reports.flatMap(({notes}) => notes))],
    error: because === 'goal' ? null : errorOf(last, because),
    episodes: reports.map(({turn, end, commit, cost_usd, tokens}) => ({turn, end, commit, cost_usd, tokens})),
    stopped_because: because,
  }
}

function errorOf({error, agent}: RunReport, because: EpisodesEnd): RunReport['error'] {
  const suggestions = [
    `See where the work stands: mcos workstate show ${agent}`,
    `Go on from there: mcos run ${agent} "Go on." --episodes 3`,
  ]
  switch (because) {
    case 'episodes':
      return {code: 'CEILING', message: 'All episodes are over, and the goal is not marked as reached.', suggestions}
    case 'no-progress':
      return {code: 'NO_PROGRESS', message: `${MOST_IDLE} episodes in a row changed nothing.`, suggestions}
    case 'stopped':
      return {code: 'STOPPED', message: 'mcos stop holds everything.', suggestions: ['mcos resume']}
    default:
      return error
  }
}
