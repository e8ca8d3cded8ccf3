/** What `mcos fleet sweep` clears away; the words are a promise to programs. */
export type SweepKind =
  | 'receipts'
  | 'transcript'
  | 'lock'
  | 'journal'
  | 'staging'
  | 'half-written'
  | 'stage'
  | 'backup'
  | 'worktree'
  | 'inbox-tmp'
  | 'git'

/** One thing to clear away, and why it is in nobody's way to do so. */
export interface SweepStep {
  readonly kind: SweepKind
  /** From the home. */
  readonly path: string
  readonly why: string
  /** What it takes up; of git what all of its objects do. */
  readonly bytes: number
}
