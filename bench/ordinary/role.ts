/** What a role does on an ordinary day, in the words of its SOUL.md and AGENTS.md; "~" is its own folder. */
export interface Role {
  /** What whoever sets such an agent up adds to the shipped contract. */
  readonly hosts: readonly string[]
  readonly commands: readonly string[]
  readonly reads: readonly string[]
  readonly writes: readonly (readonly [path: string, text: string])[]
  readonly deletes: readonly string[]
  readonly tells: readonly (readonly [whom: string, text: string])[]
  readonly runs: readonly string[]
  readonly fetches: readonly string[]
  /** Everything else, as `verb target`, and what is said. */
  readonly does: readonly (readonly [call: string, text?: string])[]
}
