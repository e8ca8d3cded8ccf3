/** One run of a word's letters; what the shell would put in later is known only by the reason why it isn't known. */
export type Piece =
  | {readonly kind: 'text'; readonly text: string; readonly quoted: boolean}
  /** `*`, `?` or `[` outside quotes. */
  | {readonly kind: 'glob'; readonly text: string}
  | {readonly kind: 'unknown'; readonly text: string; readonly why: string}

export interface Word {
  readonly pieces: readonly Piece[]
  /** Commands whose output becomes part of it. */
  readonly scripts: readonly List[]
}

export interface Assignment {
  readonly name: string
  readonly value: Word
}

export type RedirectKind = 'write' | 'read' | 'both' | 'copy' | 'heredoc' | 'here-string'

export interface Redirect {
  readonly kind: RedirectKind
  /** The file, the descriptor that is copied, or the text. */
  readonly word: Word
  /** The descriptor that was named before it; null: the usual one. */
  readonly from: number | null
}

export interface SimpleCommand {
  readonly kind: 'simple'
  readonly assignments: readonly Assignment[]
  readonly words: readonly Word[]
  readonly redirects: readonly Redirect[]
}

export type Command =
  | SimpleCommand
  | {readonly kind: 'group' | 'subshell'; readonly body: List; readonly redirects: readonly Redirect[]}
  | {
      readonly kind: 'if'
      readonly condition: List
      readonly then: List
      readonly otherwise: List | null
      readonly redirects: readonly Redirect[]
    }
  /** `for` has words, `while` and `until` have a condition. */
  | {
      readonly kind: 'loop'
      readonly words: readonly Word[]
      readonly condition: List | null
      readonly body: List
      readonly redirects: readonly Redirect[]
    }
  /** `[[ … ]]` */
  | {readonly kind: 'test'; readonly words: readonly Word[]; readonly redirects: readonly Redirect[]}

export interface Pipeline {
  readonly kind: 'pipeline'
  readonly commands: readonly Command[]
  readonly isNegated: boolean
}

export type Chain = Pipeline | {readonly kind: 'and' | 'or'; readonly left: Chain; readonly right: Pipeline}

export interface Statement {
  readonly chain: Chain
  readonly isBackground: boolean
}

export type List = readonly Statement[]
