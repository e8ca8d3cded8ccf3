import type {Action, Law, TurnFacts, Verdict} from '../../guard/action.js'
import {decide} from '../../guard/decide.js'
import {whyClosed} from '../../guard/paths.js'
import {kindOf} from '../../guard/permit.js'
import {readStop} from '../../guard/stop.js'
import {readCommittedLaw} from '../../heartbeat/committed-law.js'
import {readLawAnyhow} from '../../heartbeat/read-law.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {foldName} from '../../workspace/names.js'
import {fleetOfSession, type HookPlace, whoseSession} from './agent.js'
import type {HookEvent} from './event.js'
import {factsWith, noteInSession, readSessionFile} from './session-file.js'
import {settle} from './settle.js'
import {type WantedPlace, wantedBy} from './wanted.js'

/** What is decided of a call, with what it was decided on. */
export interface Judged {
  readonly verdict: Verdict
  /** The action that decided; null where none did. */
  readonly action: Action | null
  /** Whether that action is all that the call comes to. */
  readonly isAlone: boolean
  readonly fleet: Fleet | null
  readonly agent: AgentEntry | null
  readonly law: Law | null
  readonly facts: TurnFacts
}

const NO_LINE = {rule: null, file: null, line: null} as const
const RANK = {allow: 0, ask: 1, deny: 2} as const

/** Decides on a host's call: the strictest of what is decided on each of its parts. */
export async function judgeCall(call: HookEvent, place: HookPlace): Promise<Judged> {
  const cwd = call.cwd ?? process.cwd()
  const fleet = await fleetOfSession(cwd, place)
  if (fleet === null) return {...NOBODY, verdict: plain('allow', 'there is no fleet here')}
  const session = readSessionFile(fleet, call.session)
  const agent = whoseSession(fleet, {env: place.env, cwd, known: session.agent})
  const law = agent === null ? null : await readLawAnyhow(fleet, agent, readCommittedLaw(fleet, [agent]))
  const about = {fleet, agent, law, facts: session.facts}
  // Read last of all that is read, and before anything is decided.
  const stop = readStop(fleet.mcos, agent?.name ?? null)
  if (stop !== null)
    return {
      ...about,
      action: null,
      isAlone: false,
      verdict: plain(
        'deny',
        `mcos stop holds ${stop.scope === 'fleet' ? 'the fleet' : (agent?.name ?? 'it')}; a person lifts it with mcos resume`,
      ),
    }
  const judged = judgeWanted(call, {...about, cwd, userHome: place.env['HOME'] || null})
  if (agent !== null && session.agent === null)
    noteInSession(fleet, call.session, {before: session, after: {...session, agent: agent.name}})
  return {...about, ...judged}
}

const NOBODY = {
  action: null,
  isAlone: false,
  fleet: null,
  agent: null,
  law: null,
  facts: {taint: [], secrets: [], outside: [], isClockChecked: false},
} as const

/** What a call is judged by. */
interface About extends WantedPlace {
  readonly fleet: Fleet
  readonly law: Law | null
  readonly facts: TurnFacts
}

/** What is decided of a call, however it was asked for. */
export function judgeWanted(call: HookEvent, about: About): Pick<Judged, 'verdict' | 'action' | 'isAlone'> {
  const {fleet, law} = about
  // No contract that can be read: its reason is the one that helps.
  if (law?.trouble) return {action: null, isAlone: false, verdict: plain('deny', law.trouble)}
  const wanted = wantedBy(call, about)
  if (wanted.kind === 'stranger')
    return {action: null, isAlone: false, verdict: plain('deny', `nobody knows here what the tool ${wanted.tool} does`)}
  if (wanted.kind === 'unclear')
    return {action: null, isAlone: false, verdict: plain('deny', `${wanted.why}, and what can't be judged isn't done`)}
  const {actions, refusal, doubt} = settle(wanted.actions, {home: fleet.home.dir, session: call.session})
  if (refusal !== null) return {action: null, isAlone: false, verdict: plain('deny', refusal)}
  const strictest = {...judgeActions(actions, about), isAlone: actions.length === 1}
  return doubt !== null && strictest.verdict.effect === 'allow'
    ? {action: strictest.action, isAlone: false, verdict: plain('ask', doubt)}
    : strictest
}

/** One after the other, as each may change what the next one may do. */
export function judgeActions(
  actions: readonly Action[],
  {law, facts}: Pick<About, 'law' | 'facts'>,
): Pick<Judged, 'verdict' | 'action'> {
  let strictest: Pick<Judged, 'verdict' | 'action'> = {
    action: null,
    verdict: plain('allow', 'it does nothing that needs to be allowed'),
  }
  let now = facts
  for (const action of actions) {
    const verdict = law === null ? byPerson(action) : (closedMail(action) ?? decide(law, action, now))
    if (RANK[verdict.effect] > RANK[strictest.verdict.effect] || strictest.action === null)
      strictest = {action, verdict}
    if (verdict.effect === 'deny') break
    now = factsWith(now, [action])
  }
  return strictest
}

/** Where no agent stands a person works, and is asked for whatever has an effect. */
function byPerson({verb, target}: Action): Verdict {
  if (kindOf(verb) === 'path') {
    const closed = target.startsWith('/') ? null : whyClosed(target.replace(/\/$/, ''), 'read')
    if (closed !== null && target !== './') return plain('deny', closed)
    if (verb === 'read') return plain('allow', 'reading is free where no agent stands')
  }
  return plain('ask', 'no agent stands here, so a person says yes to each effect')
}

/** What wasn't proved to be from its sender is no agent's to read, and nobody writes letters by hand. */
function closedMail({verb, target}: Action): Verdict | null {
  const [, below = null] = /(?:^|\/)inbox(?:\/(.*))?$/.exec(foldName(target).replace(/\/$/, '')) ?? []
  if (kindOf(verb) !== 'path' || below === null) return null
  if (verb !== 'read') return plain('deny', 'messages are sent, read and put away by mcos message')
  return /^(?:quarantine|held)(?:\/|$)/.test(below)
    ? plain('deny', 'what lies there is not proved to be from its sender, or is held back')
    : null
}

function plain(effect: Verdict['effect'], reason: string): Verdict {
  return {...NO_LINE, effect, reason}
}
