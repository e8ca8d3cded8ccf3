import type {ImapFlow} from 'imapflow'
import type {CommandHandler} from 'imapflow/lib/imap-commands.js'

/** What the vendor's commands do all their work by, and keep out of their types. */
interface Speaker {
  exec(command: string, attributes: readonly unknown[], options?: unknown): Promise<unknown>
}

/**
 * The vendor's AUTHENTICATE, but with the password in the question where the server takes it there (SASL-IR): the vendor
 * would wait for a bare "+" first, a round trip at each look into a mailbox.
 */
export function withInitialResponse(authenticate: CommandHandler): CommandHandler {
  return (connection, user: string, credentials: {readonly password?: string}) => {
    const {capabilities} = connection
    const {password} = credentials
    if (password === undefined || !capabilities.has('SASL-IR') || !capabilities.has('AUTH=PLAIN'))
      return authenticate(connection, user, credentials)
    const value = Buffer.from(['', user, password].join('\0')).toString('base64')
    return authenticate(sayingFirst(connection, {type: 'ATOM', value, sensitive: true}), user, credentials)
  }
}

/** The same connection, for one command: a server that asks all the same is answered by the vendor. */
function sayingFirst(connection: ImapFlow, proof: object): ImapFlow {
  const speaker = connection as unknown as Speaker
  const exec: Speaker['exec'] = (command, attributes, options) => speaker.exec(command, [...attributes, proof], options)
  return Object.create(connection, {exec: {value: exec}}) as ImapFlow
}
