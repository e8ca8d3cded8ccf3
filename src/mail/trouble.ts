/** What can be wrong with an account, from the point of view of whoever has to mend it. */
export const TROUBLE_KINDS = [
  // The server doesn't take this password, token or client secret.
  'credentials',
  // A login that was good has run out, or was never made: `mcos email login`.
  'login',
  // A person or an administrator has taken the consent back.
  'consent',
  'unknown-host',
  'refused',
  'certificate',
  'timeout',
  // The connection ended in the middle.
  'cut',
  // The server says: later.
  'throttled',
  // A folder of the configuration isn't there.
  'folder',
  // Nobody on this machine has agreed to what opening it does.
  'untrusted',
  // The secret can't be read on this machine.
  'secret',
  // A path of this machine can't be read or written.
  'storage',
  // The server answered what nobody expects.
  'protocol',
] as const

export type TroubleKind = (typeof TROUBLE_KINDS)[number]

/** One account's trouble: never the fleet's, never another account's. */
export class MailTrouble extends Error {
  override readonly name = 'MailTrouble'

  constructor(
    readonly kind: TroubleKind,
    /** One line without secrets, such as "imap.example refuses the password of ada". */
    message: string,
    readonly options: {
      /** The one command or step that mends it. */
      readonly fix: string
      /** Not to be asked again before this many ms have passed. */
      readonly retryAfterMs?: number
      readonly cause?: unknown
    },
  ) {
    super(message, {cause: options.cause})
  }
}
