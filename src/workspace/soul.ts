import type {Budget, UnknownKey} from './config.js'
import type {SecretRef} from './secret-ref.js'

/** What an agent may do: lists that the guard reads. Nothing listed is nothing allowed. */
export interface Contract {
  readonly reads: readonly string[]
  readonly writes: readonly string[]
  readonly hosts: readonly string[]
  /** Beginnings of argument lists, one program and its first words each. */
  readonly commands: readonly string[]
  readonly repos: readonly string[]
  readonly may: readonly string[]
  readonly ask: readonly string[]
  readonly never: readonly string[]
  /** Says that programs may run where there is no sandbox. */
  readonly unsandboxed: boolean
}

export type AlertLevel = 'P0' | 'P1' | 'P2' | 'P3'

/** SOUL.md as typed values: who an agent is and what it may do. */
export interface Soul {
  readonly role: string | null
  readonly reportsTo: string | null
  /** The machine it runs on; null: the fleet's only one. */
  readonly host: string | null
  readonly route: string | null
  /** Its own keys by engine. */
  readonly keys: Readonly<Record<string, SecretRef>>
  /** null: SOUL.md says nothing, and the default contract applies. */
  readonly contract: Contract | null
  readonly escalation: {readonly confirms: readonly AlertLevel[]}
  readonly warm: 'always' | 'on-demand' | 'scheduled'
  readonly budget: Budget | null
  readonly body: string
  /** How many lines stand above the body. */
  readonly headLines: number
  readonly unknown: readonly UnknownKey[]
}
