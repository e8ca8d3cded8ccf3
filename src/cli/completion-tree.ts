/** A word the shell may offer, with what it means. */
export interface Word {
  readonly word: string
  readonly summary: string
}

/** What only the fleet at hand knows: it is asked for at each Tab. */
export type Slot = 'agents' | 'approvals' | 'alerts'

export interface FlagWord extends Word {
  /** What stands behind it. */
  readonly takes: 'nothing' | 'text' | 'folder' | 'agents'
  /** All that it may be, where that is known. */
  readonly choices: readonly string[]
}

/** What a command's arguments are, where the fleet knows what they may be. */
export interface Slots {
  readonly slot: Slot | null
  /** Whether any number of them may follow. */
  readonly isMany: boolean
}

/** Everything that can follow one command or topic. */
export interface CompletionNode extends Slots {
  readonly path: readonly string[]
  /** Commands below it, or the values its first argument may have. */
  readonly words: readonly Word[]
  readonly flags: readonly FlagWord[]
}

/** What completion needs to know of a command; the id is written with colons. */
export interface CommandFacts extends Slots {
  readonly id: string
  readonly summary: string
  readonly flags: readonly FlagWord[]
  readonly values: readonly string[]
}

const NO_SLOT: Slots = {slot: null, isMany: false}

/** The tree of all words, root first: each topic with its commands, each command with its flags. */
export function completionTree(commands: readonly CommandFacts[], topics: readonly Word[]): CompletionNode[] {
  const nodes = new Map<string, CompletionNode & {words: Word[]}>([['', {path: [], words: [], flags: [], ...NO_SLOT}]])
  const summaries = new Map(topics.map(({word, summary}) => [word, summary]))
  for (const {id, summary, flags, values, slot, isMany} of [...commands].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const parts = id.split(':')
    parts.forEach((word, depth) => {
      const parent = nodes.get(parts.slice(0, depth).join(':'))
      const here = parts.slice(0, depth + 1).join(':')
      if (parent?.words.every((known) => known.word !== word)) {
        parent.words.push({word, summary: here === id ? summary : (summaries.get(here) ?? '')})
      }
      if (!nodes.has(here)) nodes.set(here, {path: parts.slice(0, depth + 1), words: [], flags: [], ...NO_SLOT})
    })
    const words = [...(nodes.get(id)?.words ?? []), ...values.map((word) => ({word, summary: ''}))]
    nodes.set(id, {path: parts, words, flags, slot, isMany})
  }
  return [...nodes.values()]
}
