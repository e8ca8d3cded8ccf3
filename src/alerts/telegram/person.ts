import type {Person} from '../../workspace/config.js'

const PREFIX = 'telegram:'

/** The person who is reached by this account; nobody when two claim it, as nobody could say who it was. */
export function personBehind(people: Readonly<Record<string, Person>>, account: string): string | null {
  const found = Object.entries(people).filter(([, {via}]) => via.includes(`${PREFIX}${account}`))
  return found.length === 1 ? (found[0]?.[0] ?? null) : null
}

/** Whether anybody may speak to the fleet over Telegram at all. */
export function hasSpeakers(people: Readonly<Record<string, Person>>): boolean {
  return Object.values(people).some(({via}) => via.some((way) => way.startsWith(PREFIX)))
}
