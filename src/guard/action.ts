import type {AgentEntry} from '../workspace/agents.js'
import type {GuardrailRule} from '../workspace/guardrail-file.js'
import type {Contract} from '../workspace/soul.js'

/** ask: a person says yes to this very call first; deny: nobody's yes helps. */
export type Effect = 'allow' | 'ask' | 'deny'

/** One thing that an agent wants to do. */
export interface Action {
  /** `read`, `write`, `delete`, `fetch`, `run`, `git.push`, or a word of the contract such as `mail.label`. */
  readonly verb: string
  /**
   * A path relative to the home (absolute where it lies outside), a host, an argv joined by blanks, a git ref; for other
   * verbs what it would be done to.
   */
  readonly target: string
  /** What would be written or said, where that is known beforehand. */
  readonly content?: string
}

/** What has happened in a turn so far, as far as it changes what may happen next. */
export interface TurnFacts {
  /** From where text of the outside has come in, such as `https://example.com/a` or `a message of mallory`. */
  readonly taint: readonly string[]
  /** Secrets that the turn has come to see, by name or path. */
  readonly secrets: readonly string[]
  /** What it has done outside of the fleet, as `verb target`. */
  readonly outside: readonly string[]
  /** Whether this machine's clock agrees with the network's; unknown counts as no. */
  readonly isClockChecked: boolean
}

/** A turn that has heard and done nothing yet. */
export const NO_FACTS: TurnFacts = {taint: [], secrets: [], outside: [], isClockChecked: false}

type Place = Pick<AgentEntry, 'name' | 'path'>

/** All that decides for one agent. */
export interface Law {
  readonly agent: Place
  /** The fleet's other agents: nobody writes through another's folder. */
  readonly others: readonly Place[]
  /** null: it is missing or can't be read, and that means no. */
  readonly contract: Contract | null
  /** The text that the contract was read from, to name the line that decided; null: there is none. */
  readonly soul: {readonly file: string; readonly text: string} | null
  /** Guardrails, each enforced whatever the contract says. */
  readonly rules: readonly GuardrailRule[]
  /** Why nothing can be allowed at all, such as a guardrail that was committed and is gone; null: nothing is wrong. */
  readonly trouble: string | null
}

/** The guard's answer, with the line that a person would have to change. */
export interface Verdict {
  readonly effect: Effect
  /** `may: mail.*`, `never: shell`, `guardrail no-auto-send`; null when no line spoke, and then it is no. */
  readonly rule: string | null
  /** Relative to the home. */
  readonly file: string | null
  readonly line: number | null
  readonly reason: string
}
