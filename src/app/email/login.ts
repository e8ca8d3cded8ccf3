import {EXIT, UserError} from '../../kit/errors.js'
import {cleanLine} from '../../kit/text.js'
import {MailTrouble} from '../../mail/trouble.js'
import {depsFor, insistOnTrust} from '../../turn/triage/open-account.js'
import type {MailAccount} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import {formatSecretRef} from '../../workspace/secret-ref.js'
import {chooseAccounts} from './choose.js'
import {letKnockAgain} from './knock-again.js'

/** What came of a login. */
export interface MailLogin {
  readonly account: string
  readonly kind: MailAccount['kind']
  /** Whom the authority took the person for; null: nobody had to log in. */
  readonly user: string | null
  /** In words. */
  readonly detail: string
  /** What to try next. */
  readonly next: string
}

export interface LoginSite {
  readonly signal: AbortSignal
  /** Tells a person where to log in and with which code. */
  show(line: string): void
}

/** Lets a person log in to an account at another device; one that proves itself by a secret is told so. */
export async function logIn(fleet: Fleet, name: string, {signal, show}: LoginSite): Promise<MailLogin> {
  const [named] = chooseAccounts(fleet, [name], {kind: 'person'})
  if (!named) throw new Error('an account that was chosen')
  const {account} = named
  const next = `mcos email check ${name}`
  const needless = whyNoLogin(account)
  if (needless !== null) return {account: name, kind: account.kind, user: null, detail: needless, next}
  if (account.kind === 'maildir') throw new Error('a maildir has no login')
  try {
    insistOnTrust(fleet, name, account)
    const {login} = await import('../../mail/oauth/login.js')
    const {user} = await login(account, depsFor(fleet, name, signal), {
      show: ({code, url, expires}) => show(`Open ${cleanLine(url)} and type ${cleanLine(code)} (until ${expires})`),
    })
    letKnockAgain(fleet, named)
    return {account: name, kind: account.kind, user, detail: `logged in as ${cleanLine(user)}`, next}
  } catch (error) {
    if (error instanceof MailTrouble) throw asUserError(error)
    throw error
  }
}

/** Why this account has no login to make; null: it has. */
function whyNoLogin(account: MailAccount): string | null {
  switch (account.kind) {
    case 'maildir':
      return `it is a folder of this machine, ${account.path}, and needs no login`
    case 'imap':
      return account.login.kind === 'device-code'
        ? null
        : `it needs no login: it proves itself by ${formatSecretRef(account.login.ref)}`
    case 'graph':
      return account.clientSecret === null
        ? null
        : `it needs no login: the application proves itself by ${formatSecretRef(account.clientSecret)}`
  }
}

/** An account's trouble where there is nobody else to go on with. */
function asUserError({kind, message, options}: MailTrouble): UserError {
  return new UserError(cleanLine(message), {
    code: `MAIL_${kind.toUpperCase().replaceAll('-', '_')}`,
    fix: options.fix,
    exit: kind === 'untrusted' ? EXIT.refused : EXIT.failed,
  })
}
