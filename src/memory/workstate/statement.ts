import type {PlanStep} from '../../workspace/workstate-file.js'
import type {Origin} from './heard.js'
import type {Mark} from './marks.js'

export type StatementKind = 'standing' | 'goal' | 'decision' | 'promise' | 'step' | 'waiting' | 'question' | 'fact'

/** What a statement does to those before it. */
export type Effect = 'corrects' | 'retracts' | 'lifts' | 'arrives' | 'finishes'

/** One sentence that may have to outlive the context it was said in. */
export interface Statement {
  readonly kind: StatementKind
  readonly text: string
  readonly origin: Origin
  readonly by: string
  readonly step: PlanStep['state'] | null
  readonly marks: readonly Mark[]
  readonly subject: ReadonlySet<string>
  readonly effects: ReadonlySet<Effect>
  /** What it is worth to keep it: higher ones stay when there is little room. */
  readonly score: number
  /** It stood in WORKSTATE.md already. */
  readonly isHeld: boolean
}
