import type {AlertGates} from './alert-state.js'
import type {FleetConfig} from './config.js'
import type {AlertLevel} from './soul.js'

/** Who may say what, from the people of mcos.yaml and the levels that each agent's contract lets it confirm. */
export function alertGates(
  people: FleetConfig['people'],
  confirms: ReadonlyMap<string, readonly AlertLevel[]>,
): AlertGates {
  return {
    confirms: (name, level) => confirms.get(name)?.includes(level) ?? false,
    confirmers: (level) => [...confirms].flatMap(([name, levels]) => (levels.includes(level) ? [name] : [])),
    isPerson: (name) => Object.hasOwn(people, name) && !confirms.has(name),
    isWayOf: (name, via) => {
      const ways = Object.hasOwn(people, name) ? (people[name]?.via ?? []) : []
      return via === 'terminal' || ways.includes(via)
    },
  }
}
