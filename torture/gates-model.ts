import type {AlertEvent} from '../src/workspace/alert-file.js'
import type {AlertLevel} from '../src/workspace/soul.js'

/** Who is who in the fleet that the schedules play in. */
export const CAST = {
  agents: ['gene', 'flow', 'sentinel', 'warden', 'jarvis', 'mars'],
  people: ['ada', 'ben'],
} as const

/** What the contracts say, once for the code and once, in other words, for the model below. */
export const CONFIRMS: Readonly<Record<string, readonly AlertLevel[]>> = {
  sentinel: ['P2'],
  warden: ['P2'],
  jarvis: ['P1', 'P0'],
  mars: ['P0'],
}

/** A yes to P0 that is proved is signed with this; the model knows nothing of keys. */
export const PROOF = 'proved'

const WAIT_MIN = {P3: Infinity, P2: 240, P1: 60, P0: 15} as const

/** What became of an alert, by a model of its own that shares nothing with the code but the words. */
export interface Verdict {
  readonly open: 'claim' | 'sure' | 'dismissed' | 'resolved'
  readonly level: AlertLevel
  readonly sure: AlertLevel | null
}

interface Said {
  readonly at: number
  readonly by: string
  readonly hand: string | null
  readonly level: AlertLevel
  readonly origin: readonly string[]
}

/** Plays the events in the order of their ids, each id once. */
export function judge(claim: Said, events: readonly AlertEvent[]): Verdict {
  let open: Verdict['open'] = claim.level === 'P3' ? 'sure' : 'claim'
  let level = claim.level
  let sure: AlertLevel | null = claim.level === 'P3' ? 'P3' : null
  let since = claim.at
  const claimants = new Set([claim.by, claim.hand ?? claim.by])
  const heard = [...claim.origin]
  let yes = new Set<string>()
  let brought = new Set<string>()
  const done = new Set<string>()
  const isHuman = (name: string) => CAST.people.some((person) => person === name)
  const isWorse = (one: AlertLevel, than: AlertLevel) => Number(one[1]) < Number(than[1])
  const judges = (name: string) =>
    isHuman(name) ||
    (CONFIRMS[name] ?? []).includes(level) ||
    (brought.has(name) && (CONFIRMS[name] ?? []).some((above) => isWorse(above, level)))
  const relied = () => sure !== null && sure !== 'P3'

  for (const event of [...events].sort((a, b) => a.id.localeCompare(b.id, 'en'))) {
    const {by, kind} = event
    if (done.has(event.id) || open === 'dismissed' || open === 'resolved') continue
    done.add(event.id)
    if (kind === 'raise' && event.level && isWorse(event.level, level)) {
      ;[open, level, since] = ['claim', event.level, Date.parse(event.at)]
      claimants.add(by).add(event.hand ?? by)
      heard.push(...event.origin)
      yes = new Set()
      brought = new Set()
    }
    if (kind === 'lower' && event.level && isWorse(level, event.level)) {
      if (!judges(by) && !(claimants.has(by) && !relied())) continue
      const still: boolean = event.level === 'P3' || (sure !== null && !isWorse(event.level, sure))
      ;[level, since, open, sure] = [
        event.level,
        Date.parse(event.at),
        still ? 'sure' : 'claim',
        still ? event.level : null,
      ]
      yes = new Set()
      brought = new Set()
    }
    if (kind === 'ask' && open === 'claim' && event.level === level) {
      const minutes = (Date.parse(event.at) - since) / 60_000
      const others = Object.keys(CONFIRMS).filter((name) => CONFIRMS[name]?.includes(level) && !claimants.has(name))
      const isDue = minutes >= WAIT_MIN[level] || others.length === 0 || (level === 'P0' && yes.size > 0)
      if (isDue) for (const name of event.to) brought.add(name)
    }
    if (kind === 'dismiss' && event.why !== null && (judges(by) || (by === claim.by && !relied()))) open = 'dismissed'
    if (kind === 'resolve' && sure !== null && (judges(by) || by === claim.by)) open = 'resolved'
    if (kind === 'confirm' && open === 'claim' && (event.level ?? level) === level) {
      const isProved = level !== 'P0' || !isHuman(by) || (event.via === 'terminal' && event.sig === PROOF)
      const isEcho = event.origin.some((source) => heard.includes(source))
      if (claimants.has(by) || event.hand !== null || yes.has(by) || !judges(by) || !isProved || isEcho) continue
      yes.add(by)
      heard.push(...event.origin)
      const names = [...yes]
      if (level !== 'P0' || (names.some(isHuman) && names.some((name) => !isHuman(name))))
        [open, sure] = ['sure', level]
    }
  }
  return {open, level, sure}
}
