import type {MailAccount} from '../workspace/config.js'
import type {ActionRecord, MailSeen} from './ledger/record.js'
import type {Attachment, MailRef} from './mail.js'
import type {TroubleKind} from './trouble.js'
import type {Wish} from './verdict.js'

/** `busy`: another process reads it just now; `skipped`: its server asked to be left alone for a while, or a person said stop. */
export type AccountState = 'ok' | 'failed' | 'busy' | 'skipped'

/** Why an account could not be checked; the code is a trouble's kind, or the code of a UserError. */
export interface AccountError {
  readonly code: TroubleKind | (string & {})
  readonly message: string
  readonly suggestions: readonly string[]
}

/** What one triage came to, over all accounts that were asked: the JSON of `mcos email triage`. */
export interface TriageReport {
  readonly at: string
  readonly accounts: readonly TriagedAccount[]
  /** Of this run's new mails, the most urgent first. */
  readonly verdicts: readonly TriagedMail[]
  /** How many of them are urgent. */
  readonly urgent: number
  /** How many drafts were laid ready in this run. */
  readonly drafts: number
  /** By account, what its reading goes on from, as a short fingerprint: equal while nothing was read. */
  readonly cursor: Readonly<Record<string, string>>
  /** Who was told of what in this run, account troubles and digests included. */
  readonly told: readonly ToldReport[]
  /** The pages that were written, from the home. */
  readonly pages: readonly string[]
  /** Rules that can't be read, with file and line; and who should have been told and could not be. */
  readonly troubles: readonly string[]
  /** Whether nothing was recorded, told or changed. */
  readonly dry_run: boolean
}

export interface TriagedAccount {
  readonly account: string
  readonly agent: string
  readonly state: AccountState
  /** When it was last read to where it ends, ISO; null: never on this machine. */
  readonly checked: string | null
  readonly new: number
  /** Left for good before the window of a first contact. */
  readonly left: number
  /** Still to be read at the next triage. */
  readonly waiting: number
  /** Could not be read at all, and won't be tried again. */
  readonly broken: number
  readonly error: AccountError | null
  /** Since when it has failed, ISO; null: it doesn't. */
  readonly since: string | null
  readonly ms: number
}

/** One judged mail as programs read it. */
export interface TriagedMail
  extends Pick<
    MailSeen,
    | 'account'
    | 'id'
    | 'message_id'
    | 'thread'
    | 'received'
    | 'from'
    | 'from_name'
    | 'subject'
    | 'class'
    | 'urgency'
    | 'reason'
    | 'confidence'
    | 'by'
    | 'marks'
  > {
  readonly actions: readonly ActionReport[]
}

/** One action on one mail: `proposed` waits for `mcos email apply ID`. */
export interface ActionReport {
  /** Its place in the mail's list. */
  readonly n: number
  readonly wish: Wish
  readonly state: ActionRecord['state'] | 'proposed'
  readonly why: string | null
}

export interface ToldReport {
  readonly to: string
  readonly kind: 'agent' | 'channel'
  readonly about: 'urgent' | 'over' | 'digest' | 'failing' | 'back'
  readonly subject: string
  /** Mails it is about. */
  readonly ids: readonly string[]
  /** The message's id, or the page's key. */
  readonly as: string
}

/** `mcos email accounts`: what mcos.yaml names, and how each stands by the ledger and this machine's cursors. */
export interface AccountsReport {
  readonly accounts: readonly AccountRow[]
}

export interface AccountRow {
  readonly account: string
  readonly kind: MailAccount['kind']
  /** Such as ada@imap.example, or the maildir's path. */
  readonly where: string
  readonly agent: string
  readonly escalate: string | null
  readonly digest: readonly string[]
  readonly checked: string | null
  /** Mails that were new when it was last checked on this machine. */
  readonly new: number
  /** Since when it has failed, ISO; null: it doesn't, as far as is known. */
  readonly failing: string | null
  readonly detail: string | null
  /** What mends it. */
  readonly fix: string | null
  /** Mails in the ledger's last seven days. */
  readonly week: number
}

/** `mcos email check`: whether each account opens, and what is in it. Nothing is read, nothing changes. */
export interface CheckReport {
  readonly accounts: readonly CheckedAccount[]
}

export interface CheckedAccount {
  readonly account: string
  readonly kind: MailAccount['kind']
  readonly where: string
  readonly state: AccountState
  readonly ms: number
  readonly folders: readonly {readonly name: string; readonly mails: number | null}[]
  readonly error: AccountError | null
}

/** `mcos email show ID`: what the ledger knows, and the visible text where the mail could be read again. */
export interface ShownMail {
  readonly mail: MailSeen
  /** Where it lies now. */
  readonly ref: MailRef
  /** After corrections; equal to the mail's own where there were none. */
  readonly class: MailSeen['class']
  readonly urgency: MailSeen['urgency']
  readonly corrected_by: string | null
  readonly actions: readonly ActionReport[]
  readonly told: readonly {readonly to: string; readonly at: string; readonly state: 'urgent' | 'over'}[]
  /** null: it wasn't asked for, or couldn't be had. */
  readonly body: ShownBody | null
  /** Why there is no body, in one line. */
  readonly no_body: string | null
}

export interface ShownBody {
  readonly text: string
  /** What the HTML hides from a reader. */
  readonly hidden: string | null
  readonly is_mismatch: boolean
  readonly is_cut: boolean
  readonly attachments: readonly Attachment[]
}

/** `mcos email apply` and `undo`: what became of each action, in the order in which they were taken. */
export interface ActionsReport {
  readonly what: 'apply' | 'undo'
  readonly actions: readonly AppliedAction[]
  /** Accounts in which not everything could be taken. */
  readonly troubles: readonly {readonly account: string; readonly message: string; readonly fix: string}[]
  /** Whether it was stopped before all of them were taken. */
  readonly is_stopped: boolean
}

export interface AppliedAction extends ActionReport {
  readonly id: string
  readonly account: string
  readonly from: string
  readonly subject: string
}

/** `mcos email correct`: what a mail was taken for, what it is, and the rule that was learned from it. */
export interface CorrectReport {
  readonly id: string
  readonly from: string
  readonly subject: string
  readonly was: {readonly class: MailSeen['class']; readonly urgency: MailSeen['urgency']}
  readonly is: {readonly class: MailSeen['class']; readonly urgency: MailSeen['urgency']}
  /** The line that was added to MAIL.md; null where one that says so was there. */
  readonly rule: string | null
  /** From the home. */
  readonly file: string
  /** null: all of it was known, and nothing was committed. */
  readonly commit: string | null
}
