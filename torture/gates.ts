import {fixedClock} from '../src/kit/clock.js'
import {newId} from '../src/kit/ids.js'
import {
  ALERT_EVENT_KINDS,
  type Alert,
  type AlertEvent,
  alertEventOf,
  alertOf,
  formatAlert,
  formatAlertEvent,
  parseAlert,
  parseAlertEvent,
} from '../src/workspace/alert-file.js'
import {alertGates} from '../src/workspace/alert-gates.js'
import type {AlertGates, AlertState} from '../src/workspace/alert-standing.js'
import {foldAlert} from '../src/workspace/alert-state.js'
import type {AlertLevel} from '../src/workspace/soul.js'
import {type Dice, dice} from './dice.js'
import {CAST, CONFIRMS, judge, PROOF} from './gates-model.js'
import {type Torture, Wrongs} from './torture.js'

const LEVELS: readonly AlertLevel[] = ['P0', 'P1', 'P2', 'P3']
const ORIGINS = ['https://status.example', 'a message of mallory', 'https://wiki.example']
const WORD = {claim: 'hypothesis', sure: 'confirmed', dismissed: 'dismissed', resolved: 'resolved'} as const
/** So that much is confirmed at all; the others fill the time in between. */
const OFTEN: readonly AlertEvent['kind'][] = ['confirm', 'confirm', 'confirm', 'raise', 'ask', ...ALERT_EVENT_KINDS]

/** The gates of that fleet, as a contract and mcos.yaml would have them. */
export const GATES: AlertGates = alertGates(
  Object.fromEntries(CAST.people.map((name) => [name, {approves: ['all'], via: ['terminal']}])),
  new Map(CAST.agents.map((name) => [name, CONFIRMS[name] ?? []])),
  ({sig}) => (sig === PROOF ? null : 'it is not proved'),
)

export interface GatesResult {
  readonly rounds: number
  readonly events: number
  /** Alerts that ended confirmed, by level: the schedules are worth nothing when there are none. */
  readonly confirmed: Readonly<Record<AlertLevel, number>>
  readonly wrong: number
  readonly examples: readonly string[]
}

/** Random words of agents and people, honest and not, in files and in any order, against the model. */
export function run({
  rounds = 10_000,
  seed = 1,
  gates = GATES,
}: {
  rounds?: number
  seed?: number
  gates?: AlertGates
} = {}): GatesResult {
  const throws = dice(seed)
  const wrongs = new Wrongs()
  const confirmed: Record<AlertLevel, number> = {P0: 0, P1: 0, P2: 0, P3: 0}
  let count = 0
  for (let round = 0; round < rounds; round++) {
    const {alert, events} = schedule(throws)
    count += events.length
    const state = foldAlert(readBack(alert), shuffled(events.map(readEventBack), throws), gates)
    const known = judge({...alert, at: Date.parse(alert.at)}, events)
    if (state.confirmed !== null) confirmed[state.confirmed]++
    const isSame = state.status === WORD[known.open] && state.level === known.level && state.confirmed === known.sure
    wrongs.insist(
      isSame,
      `round ${round}: ${state.status} ${state.level}, ${state.confirmed} confirmed; the model: ${JSON.stringify(known)}`,
    )
    const why = whyUnsafe(alert, state)
    wrongs.insist(why === null, `round ${round}: ${why}`)
  }
  return {rounds, events: count, confirmed, wrong: wrongs.count, examples: wrongs.examples}
}

export const torture: Torture = {
  what: 'random words about alerts, against a model of who may confirm what',
  shortRounds: 2_000,
  longRounds: 10_000,
  run: async (options) => {
    const {events, confirmed, wrong, examples} = run(options)
    return {counts: {events, ...confirmed, wrong}, wrong, examples}
  },
}

/** An alert and what is said of it in a day: by whoever, at whatever level, some of it typed for others or heard outside. */
function schedule(throws: Dice): {alert: Alert; events: AlertEvent[]} {
  const clock = fixedClock('2026-11-21T08:00:00Z')
  // Half of all days are of people and agents who do their duty: else hardly a P0 would ever come to be confirmed.
  const isHonest = throws.below(2) === 0
  const everybody = isHonest ? ['jarvis', 'mars', 'sentinel', ...CAST.people] : [...CAST.agents, ...CAST.people]
  const isRarely = () => throws.below(isHonest ? 40 : 8) === 0
  const origin = () => (throws.below(isHonest ? 12 : 3) === 0 ? [throws.pick(ORIGINS)] : [])
  const now = () => new Date(clock.now()).toISOString()
  const by = throws.pick(['gene', 'flow', 'sentinel', 'jarvis', 'ada'])
  const hand = isRarely() ? throws.pick(CAST.people) : null
  const level = throws.pick(LEVELS)
  const alert = alertOf({id: newId(clock), at: now(), by, hand, title: 'The app is down', level, origin: origin()})
  const events: AlertEvent[] = []
  for (let left = throws.below(12); left > 0; left--) {
    clock.advance(throws.pick([1, 60_000, 16 * 60_000, 61 * 60_000, 241 * 60_000]))
    const kind = isHonest && throws.below(2) === 0 ? 'confirm' : throws.pick(OFTEN)
    const isHuman = throws.below(3) === 0
    const person = throws.pick(CAST.people)
    const event = alertEventOf({
      id: newId(clock),
      at: now(),
      by: isHuman ? person : throws.pick(everybody),
      kind,
      hand: isRarely() ? throws.pick(CAST.people) : null,
      level: kind === 'confirm' && throws.below(2) === 0 ? null : throws.pick(LEVELS),
      to: kind === 'ask' ? [throws.pick(everybody)] : [],
      via: isHonest ? 'terminal' : throws.pick([null, 'terminal', 'terminal', 'telegram:666']),
      sig: isHonest ? PROOF : throws.pick([null, PROOF, PROOF, 'forged']),
      origin: origin(),
      repeat: kind === 'note',
      why: isRarely() ? null : 'seen',
    })
    events.push(event)
    // A copy of it from another machine, or one of a killed process that said it again.
    if (isRarely()) events.push({...event})
  }
  return {alert, events}
}

/** What must be so whatever else is: read from what was applied, and not from what the fold says of itself. */
function whyUnsafe(alert: Alert, {confirmed, applied}: AlertState): string | null {
  if (confirmed === null || confirmed === 'P3') return null
  const yes = applied.filter(({kind}) => kind === 'confirm')
  const isPerson = (name: string) => CAST.people.some((person) => person === name)
  // Whoever raised it to what is confirmed had spoken before the first yes that counts towards it.
  const raised = applied.filter(({kind, level}) => kind === 'raise' && level !== null && level >= confirmed)
  const claimants = [alert.by, alert.hand, ...raised.flatMap(({by, hand}) => [by, hand])]
  const others = yes.filter(({by}) => !claimants.includes(by))
  if (others.length === 0) return `${confirmed} is confirmed by nobody but its raisers`
  const agents = others.filter(({by}) => !isPerson(by))
  if (confirmed !== 'P0') return null
  const people = others.filter(({by, via, sig}) => isPerson(by) && via === 'terminal' && sig === PROOF)
  if (people.length === 0) return 'P0 is confirmed without a person'
  return agents.some(({by}) => CONFIRMS[by]?.includes('P0')) ? null : 'P0 is confirmed without an agent that may'
}

function readBack(alert: Alert): Alert {
  return parseAlert(formatAlert(alert), 'alert.md')
}

function readEventBack(event: AlertEvent): AlertEvent {
  return parseAlertEvent(formatAlertEvent(event), 'event.md')
}

function shuffled<T>(items: readonly T[], throws: Dice): T[] {
  const left = [...items]
  return items.map(() => left.splice(throws.below(left.length), 1)[0] as T)
}
