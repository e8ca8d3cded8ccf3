/**
 * What a command or a turn wants done to the home's files, as data: planned here, applied by `history`.
 * Paths are relative to the home, with `/` between their parts.
 */
export type Change = WriteChange | AppendChange | MoveChange | RemoveChange

export interface WriteChange {
  readonly kind: 'write'
  readonly path: string
  readonly content: string
  /** The hash the file must have now; null: it must be absent; undefined: whatever is there. */
  readonly expect?: string | null | undefined
  readonly mode?: number | undefined
}

export interface AppendChange {
  readonly kind: 'append'
  readonly path: string
  /** Whole lines, each with its newline. */
  readonly text: string
  /** What stands first when the file is new. */
  readonly header?: string | undefined
}

export interface MoveChange {
  readonly kind: 'move'
  readonly from: string
  readonly to: string
  /** Moves and commits what lies there now, also when the last commit has it otherwise: for what is put aside as evidence. */
  readonly asItLies?: boolean | undefined
}

export interface RemoveChange {
  readonly kind: 'remove'
  readonly path: string
  readonly expect?: string | undefined
}

/** Every path a change touches: one, or two for a move. */
export function pathsOf(change: Change): readonly string[] {
  return change.kind === 'move' ? [change.from, change.to] : [change.path]
}
