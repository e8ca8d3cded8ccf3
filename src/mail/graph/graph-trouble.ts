import type {GraphAccount} from '../../workspace/config.js'
import {nameOfSecret} from '../../workspace/secret-ref.js'
import {MailTrouble, type TroubleKind} from '../trouble.js'

const NO_MAILBOX = /^(?:ErrorInvalidUser|Request_ResourceNotFound|ResourceNotFound|MailboxNot\w+ForRESTAPI)$/

/** An answer that isn't 2xx; some of them are expected, and whoever asked knows which. */
export class GraphRefusal extends MailTrouble {
  constructor(
    readonly status: number,
    /** Graph's own word, such as ErrorItemNotFound. */
    readonly code: string,
    kind: TroubleKind,
    told: {readonly message: string; readonly fix: string},
  ) {
    super(kind, told.message, {fix: told.fix})
  }

  /** Whether it is about one thing in the mailbox and not about all of it. */
  get isOfOneThing(): boolean {
    return this.kind === 'protocol' && this.status >= 400 && !NO_MAILBOX.test(this.code)
  }
}

export interface Asked {
  readonly name: string
  readonly account: GraphAccount
  readonly host: string
}

/** Whether one thing isn't there, in a mailbox that is. */
export function isGone(error: unknown): boolean {
  return error instanceof GraphRefusal && error.status === 404 && error.isOfOneThing
}

/** What a status means to a person. The server's own words stay with it: they could quote a mail. */
export function refusalOf(status: number, code: string, asked: Asked): GraphRefusal {
  const kind: TroubleKind = status === 401 ? unknownToken(asked) : status === 403 ? 'consent' : 'protocol'
  return new GraphRefusal(status, code, kind, tell(kind, {status, code}, asked))
}

function unknownToken({account}: Asked): TroubleKind {
  return account.clientSecret === null ? 'login' : 'credentials'
}

function tell(
  kind: TroubleKind,
  {status, code}: {readonly status: number; readonly code: string},
  {name, account, host}: Asked,
): {readonly message: string; readonly fix: string} {
  const {user, clientId, clientSecret} = account
  const shown = /^\w{1,60}$/.test(code) ? code : `HTTP ${status}`
  if (kind === 'login') {
    return {message: `${host} takes the login of ${user} no longer`, fix: `mcos email login ${name}`}
  }
  if (kind === 'credentials' && clientSecret !== null) {
    const ref = nameOfSecret(clientSecret)
    return {
      message: `${host} takes no token that the secret ${ref} was good for`,
      fix: `mend ${ref} or tenant of ${name}`,
    }
  }
  if (kind === 'consent') {
    const fix =
      clientSecret === null
        ? `mcos email login ${name}`
        : `grant ${clientId} Mail.ReadWrite in Entra, with admin consent`
    return {message: `${host} lets nobody but others at the mailbox of ${user} (${shown})`, fix}
  }
  if (NO_MAILBOX.test(code)) {
    return {
      message: `${host} has no mailbox of ${user} (${shown})`,
      fix: `mend user of mail.accounts.${name} in mcos.yaml`,
    }
  }
  return {message: `${host} answers ${name} with an error (${shown})`, fix: `mcos email check ${name}`}
}

/** A folder of mcos.yaml that isn't in the mailbox. */
export function noFolder(folder: string, {name, account}: Pick<Asked, 'name' | 'account'>): MailTrouble {
  return new MailTrouble('folder', `${account.user} has no folder "${folder}"`, {
    fix: `mcos email check ${name} lists the folders; mend mail.accounts.${name}.folders in mcos.yaml`,
  })
}
