import type {TakenBack} from '../../turn/home-audit/take-back.js'

/** What an audit of a host's session found and did. */
export interface AuditReport {
  readonly agent: string
  readonly session: string
  /** false: nobody had looked when it began, so this was the first look. */
  readonly has_baseline: boolean
  /** Paths that are not as the last commit has them. */
  readonly looked: number
  readonly taken_back: readonly TakenBack[]
  /** Commits of nobody's turn that change what the agent may not: told, and left as they are. */
  readonly commits: readonly {readonly commit: string; readonly author: string; readonly paths: readonly string[]}[]
  /** The alert that tells a person; null: there was nothing to tell. */
  readonly alert: string | null
}
