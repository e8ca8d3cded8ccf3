import {isUserError} from '../kit/errors.js'
import {contentHash} from '../kit/hash.js'
import {cleanLine, shorten} from '../kit/text.js'
import {checkWorkstate, workstateText} from '../memory/workstate/check.js'
import {gatherWorkstate} from '../memory/workstate/gather.js'
import type {Heard, KnownWork} from '../memory/workstate/heard.js'
import {workstatePath} from '../memory/workstate/path.js'
import {standingInstructions} from '../memory/workstate/standing.js'
import {EMPTY_WORKSTATE, parseWorkstate, salvageWorkstate, type Workstate} from '../workspace/workstate-file.js'
import type {TurnEnd} from './events.js'
import type {Session} from './session.js'
import {toldAt} from './told-at.js'

/** What WORKSTATE.md may cost in every request that follows. */
export const WORKSTATE_TOKENS = 3_000

const GOAL_CHARACTERS = 200

export interface Gathered {
  readonly state: Workstate
  /** What no longer holds: kept in the day's log, where it can be found. */
  readonly superseded: readonly string[]
}

type About = Pick<KnownWork, 'engine' | 'window' | 'contextUsed'>

/** Ends at which the work is not finished: whoever goes on starts from WORKSTATE.md. */
const UNFINISHED: readonly TurnEnd[] = ['ceiling', 'interrupted', 'engines', 'budget']

/** Writes what has to outlive this context, by how it ended; a flush has written it already. */
export function keepWorkstate(session: Session, end: TurnEnd): void {
  if (end === 'flushed' || end === 'recovered') return
  const {input, work} = session
  const about = {engine: work.engine, window: null, contextUsed: null}
  if (UNFINISHED.includes(end) || input.occasion.with !== null) placeWorkstate(session, gather(session, about))
  else keepStanding(session, about)
}

/** Everything this context has heard, laid over what the file says. */
export function gather(session: Session, about: About, heard: readonly Heard[] = heardBy(session)): Gathered {
  const {state, broken} = readBefore(session)
  // It is committed: a secret that was told or read must not get there.
  const safe = session.redactor.value([...broken, ...heard])
  const gathered = gatherWorkstate(state, safe, knownOf(session, about), {tokens: WORKSTATE_TOKENS})
  return {...gathered, state: withGoal(gathered.state, session)}
}

/** Where nobody has said what the goal is, it is what was asked for first; what else was said can be superseded, and is no goal. */
function withGoal(state: Workstate, {input, redactor}: Session): Workstate {
  const {request, with: other} = input.occasion
  if (state.goal !== '' || request === null || other !== null) return state
  return {...state, goal: shorten(cleanLine(redactor.text(firstSentence(request))), GOAL_CHARACTERS)}
}

function firstSentence(text: string): string {
  return text.trim().split(/(?<=[.!?。！？])\s|\n/)[0] ?? text
}

/** Plans the file, after it was parsed back and found complete: a state that can't be read again is none. */
export function placeWorkstate(session: Session, {state, superseded}: Gathered): void {
  const {input, work} = session
  const path = workstatePath(input.agent, input.occasion.with)
  const content = workstateText(state)
  const troubles = troublesOf(session, state)
  if (troubles.length > 0) throw new Error(`WORKSTATE.md can't be read back: ${troubles.join('; ')}`)
  const before = work.draft.readText(path)
  work.draft.add([{kind: 'write', path, content, expect: before === null ? null : contentHash(before)}])
  work.lines.push(...superseded.map((line) => (line.startsWith('no room: ') ? line : `no longer holds: ${line}`)))
}

/** What would be wrong with a state once it is written and read again; nothing, as a rule. */
export function troublesOf({input}: Pick<Session, 'input'>, state: Workstate): string[] {
  const path = workstatePath(input.agent, input.occasion.with)
  return checkWorkstate(workstateText(state), path, state)
}

/** Of finished work only a person's standing instructions stay: they hold until that person lifts them. */
function keepStanding(session: Session, about: About): void {
  // No agent's message makes such an instruction or ends one, and most beats have heard nothing else.
  const spoken = heardBy(session).filter(({kind}) => kind === 'person')
  if (spoken.length === 0) return
  const {state: before, broken} = readBefore(session)
  const gathered = gather(session, about, spoken)
  const standing = standingInstructions(gathered.state)
  const known = before === null ? [] : standingInstructions(before)
  if (standing.length === known.length && standing.every((line) => known.includes(line))) return
  const old = broken.length > 0 ? gathered.state : (before ?? EMPTY_WORKSTATE)
  const others = old.facts.filter((fact) => !known.includes(fact))
  const facts = [...standing, ...others]
  placeWorkstate(session, {state: {...old, head: gathered.state.head, facts}, superseded: gathered.superseded})
}

/** What this context was told at its beginning, and all that was said and done in it. */
function heardBy({input, work}: Session): readonly Heard[] {
  if (!work.isFirst) return work.heard
  return [...toldAt(input), ...work.heard]
}

/** A file that a person has broken is not thrown away: its sections hold, and what stands in none is heard as a note. */
function readBefore({input, work}: Session): {readonly state: Workstate | null; readonly broken: readonly Heard[]} {
  const path = workstatePath(input.agent, input.occasion.with)
  const text = work.draft.readText(path)
  if (text === null || text.trim() === '') return {state: null, broken: []}
  try {
    return {state: parseWorkstate(text, path), broken: []}
  } catch (error) {
    if (!isUserError(error)) throw error
    work.tally.notes.add(`${path} can't be read: ${error.message}`)
    const at = new Date(input.fleet.clock.now()).toISOString()
    const {state, rest} = salvageWorkstate(text)
    return {state, broken: [{kind: 'note', name: path, text: rest, at}]}
  }
}

function knownOf({input, work}: Session, about: About): KnownWork {
  const messages = work.outcomes.flatMap(({done}) => done?.messages ?? [])
  return {
    ...about,
    turn: work.turn,
    at: new Date(input.fleet.clock.now()).toISOString(),
    files: [...work.draft.touched()],
    messages: [...new Set(messages)],
    waiting: [],
  }
}
