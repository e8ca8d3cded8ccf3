import type {MailContent, MailHead} from '../mail.js'
import type {Judged} from './judged.js'

/** A mail for tests: what isn't named is as plain as can be. */
export function someMail({
  head = {},
  content = {},
  ...rest
}: {
  readonly head?: Partial<MailHead>
  readonly content?: Partial<MailContent>
} & Partial<Omit<Judged, 'head' | 'content'>> = {}): Judged {
  const fresh = content.fresh ?? content.text ?? ''
  return {
    head: {
      messageId: 'one@webmail.example',
      from: {name: 'Jane Doe', address: 'jane@webmail.example'},
      sender: null,
      replyTo: [],
      to: [{name: '', address: 'ada@northwind.example'}],
      cc: [],
      subject: '',
      date: null,
      references: [],
      inReplyTo: null,
      headers: {'authentication-results': ['mx.northwind.example; dkim=pass; dmarc=pass']},
      ...head,
    },
    content: {
      text: fresh,
      hidden: null,
      isMismatch: false,
      attachments: [],
      calendar: null,
      deliveryStatus: null,
      isCut: false,
      trouble: null,
      ...content,
      fresh,
    },
    account: 'work',
    received: '2026-11-21T09:00:00.000Z',
    own: ['ada@northwind.example', 'ben@northwind.example'],
    authserv: 'mx.northwind.example',
    thread: {isAnsweredByUs: false, urgentFrom: null, knownSender: 0},
    ...rest,
  }
}
