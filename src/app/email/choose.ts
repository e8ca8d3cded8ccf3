import {EXIT, UserError} from '../../kit/errors.js'
import type {MailAccount} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import {nearestName} from '../../workspace/names.js'
import type {ActsFor} from '../speaker.js'

/** One account of mcos.yaml under its name. */
export interface NamedAccount {
  readonly name: string
  readonly account: MailAccount
}

/** The accounts that are named, each once, or all; for an agent that gives the command itself only its own. */
export function chooseAccounts({home}: Pick<Fleet, 'home'>, names: readonly string[], actor: ActsFor): NamedAccount[] {
  const {accounts} = home.config.mail
  const known = Object.keys(accounts)
  const chosen = [...new Set(names.length > 0 ? names : known)].map((name) => {
    const account = Object.hasOwn(accounts, name) ? accounts[name] : undefined
    if (account === undefined) throw noAccount(name, known)
    return {name, account}
  })
  if (actor.kind === 'person' || actor.by === 'person') return chosen
  const others = chosen.find(({account}) => account.agent !== actor.name)
  if (names.length > 0 && others) throw notYours(actor.name, others)
  return chosen.filter(({account}) => account.agent === actor.name)
}

/** Where an account lies, as a person knows it. */
export function whereOf(account: MailAccount): string {
  switch (account.kind) {
    case 'maildir':
      return account.path
    case 'imap': {
      const port = account.port === null ? '' : `:${account.port}`
      return `${account.user} at ${account.host}${port}`
    }
    case 'graph':
      return `${account.user} at ${account.baseUrl === null ? 'Microsoft 365' : new URL(account.baseUrl).host}`
  }
}

function noAccount(typed: string, known: readonly string[]): UserError {
  const near = nearestName(typed, known)
  return new UserError(`mcos.yaml has no mail account ${JSON.stringify(typed)}.`, {
    code: 'NO_ACCOUNT',
    fix: near
      ? `Did you mean ${near}?`
      : known.length > 0
        ? `Its accounts: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}`
        : 'Name one in mcos.yaml under mail: accounts: and then: mcos email check',
    exit: EXIT.usage,
  })
}

function notYours(agent: string, {name, account}: NamedAccount): UserError {
  return new UserError(`${name} is ${account.agent}'s to look after, not ${agent}'s.`, {
    code: 'NOT_YOURS',
    fix: 'mcos email accounts',
    exit: EXIT.refused,
  })
}
