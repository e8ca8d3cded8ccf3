import type {AlertEvent} from './alert-file.js'
import type {AlertClaim, AlertGates} from './alert-standing.js'
import type {FleetConfig} from './config.js'
import type {AlertLevel} from './soul.js'

/** Who may say what, from the people of mcos.yaml and the levels that each agent's contract lets it confirm. */
export function alertGates(
  people: FleetConfig['people'],
  confirms: ReadonlyMap<string, readonly AlertLevel[]>,
  whyNotSigned: AlertGates['whyNotProved'] = () => null,
): AlertGates {
  return {
    key: JSON.stringify([Object.keys(people), [...confirms]]),
    confirms: (name, level) => confirms.get(name)?.includes(level) ?? false,
    confirmers: (level) => [...confirms].flatMap(([name, levels]) => (levels.includes(level) ? [name] : [])),
    isPerson: (name) => Object.hasOwn(people, name) && !confirms.has(name),
    whyNotProved: (event, alert) => {
      const {by, via} = event
      const ways = Object.hasOwn(people, by) ? (people[by]?.via ?? []) : []
      if (via === null || (via !== 'terminal' && !ways.includes(via))) return UNKNOWN_WAY
      return whyNotSigned(event, alert)
    },
  }
}

const UNKNOWN_WAY = "a person's yes to P0 comes from a terminal, or from a channel that mcos.yaml names as theirs"

/** The bytes that a person signs who says yes to a P0. */
export function signedAnswer(event: AlertEvent, {id, title, by}: AlertClaim): Buffer {
  const {kind, level, via, at, why} = event
  return Buffer.from(JSON.stringify(['mcos alert 1', id, title, by, event.id, kind, level, event.by, via, at, why]))
}
