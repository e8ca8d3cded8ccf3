import type {MailRef} from '../../mail/mail.js'
import type {Wish} from '../../mail/verdict.js'

/** One thing that is to be done with one mail. */
export interface PendingWish {
  readonly id: string
  /** Its place among the mail's proposals. */
  readonly n: number
  readonly wish: Wish
  readonly account: string
  /** Where the mail lies now. */
  readonly ref: MailRef
  readonly messageId: string | null
}
