import type {ExaminedSecret} from './examine-secrets.js'
import {formatSecretRef} from './secret-ref.js'

/** A token that several agents use as their own. */
export interface SharedToken {
  readonly agents: readonly string[]
  readonly detail: string
  /** Where the last of them refers to it. */
  readonly file: string
  readonly mentions: readonly ExaminedSecret[]
}

/** Tokens of one engine that are more than one agent's own: compared by value here, told by the agents' names. */
export function sharedTokens(owned: readonly ExaminedSecret[]): SharedToken[] {
  const users = new Map<string, ExaminedSecret[]>()
  for (const one of owned) {
    if (one.agent === null) continue
    const key = `${one.of?.name} ${one.value ?? formatSecretRef(one.ref)}`
    users.set(key, [...(users.get(key) ?? []), one])
  }
  return [...users.values()].flatMap((mentions): SharedToken[] => {
    const agents = [...new Set(mentions.map(({agent}) => agent ?? ''))]
    const last = mentions.at(-1)
    if (agents.length < 2 || !last) return []
    const detail = `${agents.join(' and ')} use one token for ${last.of?.name}: what one spends or leaks is the other's`
    return [{agents, detail, file: last.file, mentions}]
  })
}
