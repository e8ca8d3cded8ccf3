import type {MailHead} from '../mail.js'
import type {Field} from './fields.js'

/** Reads a head from headers in the order they stand in the mail, whoever has split them. */
export function headOf(fields: readonly Field[]): MailHead {
  const subject = fields.find(({name}) => name.toLowerCase() === 'subject')?.value ?? ''
  return {
    messageId: null,
    from: {name: '', address: ''},
    sender: null,
    replyTo: [],
    to: [],
    cc: [],
    subject,
    date: null,
    references: [],
    inReplyTo: null,
    headers: {},
  }
}
