import type {Keep, Prompt} from '../engines/prompt.js'
import {parseStanding} from '../memory/workstate/standing.js'
import type {Judge} from './asking.js'
import {assembleContext, type Context} from './context.js'
import type {Hands} from './hands.js'
import type {Occasion} from './occasion.js'
import type {TurnInput} from './turn-input.js'
import {conversationOf, isGoingOn, type Work} from './work.js'

/** The longest answer that is asked for, in tokens: a beat is brief, a piece of work may write a file. */
const BEAT_OUTPUT = 4_096
const WORK_OUTPUT = 16_384

const FIVE_MINUTES_MS = 5 * 60_000
const HOUR_MS = 60 * 60_000

/** What is sent next; what stands in front is put together once for each context, and is the same in all its requests. */
export async function promptOf(
  input: TurnInput,
  {hands, work, judge}: {hands: Hands; work: Work; judge: Judge},
): Promise<Prompt> {
  if (work.context === undefined) {
    work.context = await contextFor(input, hands, work)
    work.before = withInstructions(work, work.context)
  }
  const wanted = input.occasion.request === null ? BEAT_OUTPUT : WORK_OUTPUT
  return {
    tools: hands.specs,
    prefix: work.context.prefix,
    steps: conversationOf(work),
    maxOutput: Math.min(wanted, judge.model.maxOutput, Math.floor(judge.model.window / 4)),
    keep: keepFor(input.againInMs, work.steps.length > 0 || isGoingOn(work)),
  }
}

/** What people have told the agent elsewhere meanwhile stands in the very next request, also of a conversation that goes on. */
function withInstructions(work: Work, {parts}: Context): Work['before'] {
  const last = work.before.at(-1)
  if (!isGoingOn(work) || last?.kind !== 'prompt') return work.before
  const said = work.before.flatMap((step) => (step.kind === 'prompt' ? [step.text] : [])).join('\n')
  const lines = parts.find(({name}) => name === 'standing')?.text.split('\n') ?? []
  const told = lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2))
  const news = told.filter((line) => !said.includes(parseStanding(line)?.text ?? line)).map((line) => `- ${line}`)
  if (news.length === 0) return work.before
  const text = ['Said to you elsewhere, and it holds until they lift it:', ...news, '', last.text].join('\n')
  return [...work.before.slice(0, -1), {kind: 'prompt', text}]
}

/** A mark costs a quarter more, or as much again for an hour; it pays when the same is read once more in that time. */
function keepFor(againInMs: number | null, isInLoop: boolean): Prompt['keep'] {
  const later: Keep = againInMs === null || againInMs >= HOUR_MS ? null : againInMs < FIVE_MINUTES_MS ? '5m' : '1h'
  return {prefix: later ?? (isInLoop ? '5m' : null), steps: isInLoop ? '5m' : null}
}

function contextFor({fleet, agent, occasion}: TurnInput, hands: Hands, work: Work): Promise<Context> {
  return assembleContext(fleet, agent, {occasion: work.isFirst ? occasion : later(occasion), tools: hands.specs})
}

/** News is told once; what came of it stands in WORKSTATE.md and in the day's log. */
function later(occasion: Occasion): Occasion {
  const goOn = 'Your context was begun anew. Go on from WORKSTATE.md; what it says is done is done.'
  return {...occasion, news: [], request: [occasion.request, goOn].filter((text) => text !== null).join('\n\n')}
}
