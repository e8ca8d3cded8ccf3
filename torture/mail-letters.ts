import type {Dice} from './dice.js'

/** The accounts, and whom each of them tells of what is urgent. */
export const ACCOUNTS = {
  harbour: {kind: 'imap', user: 'harbour', escalate: 'jarvis'},
  home: {kind: 'imap', user: 'home', escalate: 'founders'},
  work: {kind: 'graph', user: 'ada@northwind.example', escalate: 'jarvis'},
  sales: {kind: 'graph', user: 'sales@northwind.example', escalate: 'jarvis'},
  local: {kind: 'maildir', user: 'local', escalate: 'jarvis'},
} as const

export type AccountName = keyof typeof ACCOUNTS

export const ACCOUNT_NAMES = Object.keys(ACCOUNTS) as AccountName[]

/** One mail of the torture; its word stands in its subject and nowhere else, so that everything about it can be found. */
export interface Letter {
  readonly word: string
  readonly account: AccountName
  readonly kind: 'plain' | 'urgent' | 'question' | 'newsletter' | 'malformed'
  /** The urgent thread it belongs to, by its word. */
  readonly thread: string | null
  readonly raw: Buffer
}

/** The operator's rules that make the outcome of each mail certain; everything else is as it ships. */
export const MAIL_RULES = `# Mail

- from *@alarm.example → urgent, urgency 3
- from *@question.example → needs-reply, draft "Thank you, we will look at it tomorrow."
- from *@plain.example → other, urgency 0
`

/** So many mails in the order in which they come, for all accounts; urgent ones in threads of one to three. */
export function makeLetters(count: number, chance: Dice): Letter[] {
  const threads: {readonly word: string; readonly target: string}[] = []
  return Array.from({length: count}, (_, index) => {
    const word = `N${String(index + 1).padStart(4, '0')}`
    const account = chance.pick(ACCOUNT_NAMES)
    const date = new Date(Date.now() - (count - index) * 1000)
    const fate = chance.below(100)
    if (fate < 15) {
      const target = ACCOUNTS[account].escalate
      // A thread tells one agent or channel; its later mails may come to another account that tells the same.
      const known = threads.filter((one) => one.target === target)
      const isNew = known.length === 0 || chance.below(3) > 0
      const thread = isNew ? `T${word.slice(1)}` : chance.pick(known).word
      if (isNew) threads.push({word: thread, target})
      const subject = `${isNew ? '' : 'Re: '}Pump ${thread} stands still [${word}]`
      const more = isNew ? [] : [`References: <${thread}@alarm.example>`, `In-Reply-To: <${thread}@alarm.example>`]
      const id = isNew ? thread : word
      const raw = text({id, from: 'watch@alarm.example', subject, date, more}, 'The cellar fills up now.')
      return {word, account, kind: 'urgent', thread, raw}
    }
    if (fate < 25) {
      const raw = text(
        {id: word, from: 'cleo@question.example', subject: `Keys [${word}]`, date},
        'Is there a second key?',
      )
      return {word, account, kind: 'question', thread: null, raw}
    }
    if (fate < 37) {
      const more = ['List-Id: <news.plain.example>', 'List-Unsubscribe: <https://plain.example/leave>']
      const raw = text(
        {id: word, from: 'news@plain.example', subject: `Issue [${word}]`, date, more},
        'LAST CHANCE, buy now!',
      )
      return {word, account, kind: 'newsletter', thread: null, raw}
    }
    if (fate < 45) return {word, account, kind: 'malformed', thread: null, raw: malformed(word, date, chance)}
    const raw = text(
      {id: word, from: `p${index % 9}@plain.example`, subject: `Chairs [${word}]`, date},
      'They are blue.',
    )
    return {word, account, kind: 'plain', thread: null, raw}
  })
}

interface Head {
  readonly id: string
  readonly from: string
  readonly subject: string
  readonly date: Date
  readonly more?: readonly string[]
}

function text({id, from, subject, date, more = []}: Head, body: string): Buffer {
  const lines = [
    `From: Somebody <${from}>`,
    'To: ada@northwind.example',
    `Subject: ${subject}`,
    `Date: ${date.toUTCString()}`,
    `Message-ID: <${id}@${from.split('@')[1]}>`,
    ...more,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
    '',
  ]
  return Buffer.from(lines.join('\r\n'))
}

/** Mail that breaks one rule of MIME or the other; none of it may hold up, hide or double another mail. */
function malformed(word: string, date: Date, chance: Dice): Buffer {
  const from = 'From: x@plain.example'
  const head = `Subject: Odd [${word}]\r\nDate: ${date.toUTCString()}\r\n${from}\r\n`
  const id = `Message-ID: <${word}@plain.example>\r\n`
  const nest = Array.from(
    {length: 300},
    (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`,
  )
  const shapes: readonly (string | Buffer)[] = [
    `Subject: Odd [${word}]\r\n\r\nneither sender nor date nor id\r\n`,
    `${head}\r\nno id\r\n`,
    `${head}${id}Content-Type: multipart/mixed; boundary="never"\r\n\r\n--other\r\nx\r\n`,
    `${head}${id}Content-Type: multipart/mixed\r\n\r\n--\r\n\r\n----\r\n`,
    `${head}${id}Content-Type: text/plain; charset=no-such-charset\r\n\r\n\u00e4\u00f6\r\n`,
    `${head}${id}Content-Transfer-Encoding: base64\r\n\r\n!!!not base64!!!\r\n`,
    `${head}${id}Content-Type: text/html\r\n\r\n<div${'<b'.repeat(5_000)}>\u0000\r\n`,
    `${head}${id}X-Long: ${'x'.repeat(100_000)}\r\n\r\nx\r\n`,
    `${head}${id}${nest.join('')}deep\r\n`,
    Buffer.concat([Buffer.from(`${head}${id}To: `), Buffer.from([0xff, 0xfe, 0x80, 0x0d, 0x0a, 0x0d, 0x0a, 0xff])]),
    `${head}Message-ID: <>\r\nMessage-ID: <two@ids.example> <${word}@ids.example>\r\n\r\nx\r\n`,
    `${head}${id}Date: yesterday at noon\r\nContent-Type: text/plain; charset="\r\n\r\n\u001b]0;owned\u0007\u001b[2J\r\n`,
  ]
  const shape = chance.pick(shapes)
  return typeof shape === 'string' ? Buffer.from(shape) : shape
}
