import {openSampleServer, type SampleServer} from './sample-server.js'

/**
 * Speaks as much IMAP as a reading needs. Whoever comes first finds the first mails, everybody after that all of them.
 * null: it could not be opened.
 */
export function openSampleMailbox(dir: string): SampleServer | null {
  const mails = [...EARLIER, ...LATER].map((mail) => mail.join('\r\n'))
  const env = {MAILS: JSON.stringify(mails), EARLIER: `${EARLIER.length}`}
  return openSampleServer(dir, {name: 'mailbox', script: SERVER, env})
}

function head(number: number, from: string, subject: string): string[] {
  return [
    `From: ${from}`,
    'To: Ada <ada@build.example>',
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${number}@build.example>`,
    'Authentication-Results: mx.build.example; spf=pass; dkim=pass header.d=customer.example',
    'MIME-Version: 1.0',
  ]
}

const PLAIN = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable', '']

const EARLIER = [[...head(1, 'Cleo <cleo@customer.example>', 'The keys'), ...PLAIN, 'Hello Ada, here they are.', '']]

/** A person's question, a newsletter in HTML, an invoice with its file, a robot's notice. */
const LATER = [
  [
    ...head(2, 'Cleo Brandt <cleo@customer.example>', 'Re: The keys'),
    'In-Reply-To: <1@build.example>',
    'References: <1@build.example>',
    ...PLAIN,
    'Hello Ada,',
    '',
    'could you tell me by Friday at 10:30, or on 21 November, whether there is a second key? It can=',
    "'t be urgent. Gr=C3=BC=C3=9Fe,",
    'Cleo',
    '',
    '> On Monday you wrote:',
    '> Here they are.',
    '',
  ],
  [
    ...head(3, '=?utf-8?Q?Cloud_N=C3=A9ws?= <news@letters.example>', 'Issue 3: what is new'),
    'List-Id: <news.letters.example>',
    'List-Unsubscribe: <https://letters.example/leave>',
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    ...PLAIN,
    'The new chairs are here.',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<html><body><table><tr><td><p style="font-size: 14px">The new chairs are here.</p></td></tr></table>',
    '<a href="https://letters.example/leave">Leave</a></body></html>',
    '--b--',
    '',
  ],
  [
    ...head(4, 'Billing <billing@supplier.example>', 'Invoice 4'),
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    ...PLAIN,
    'Please find the invoice attached. It is due in thirty days.',
    '--b',
    'Content-Type: application/pdf; name="invoice.pdf"',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename="invoice.pdf"',
    '',
    'JVBERi0xLjQgaW52b2ljZQ==',
    '--b--',
    '',
  ],
  [
    ...head(5, 'Build <noreply@builds.example>', '[app] Run 5 failed'),
    'Auto-Submitted: auto-generated',
    ...PLAIN,
    'Run 5 of app failed: the deployment is down since 09:15.',
    '',
  ],
]

const SERVER = `
const {createServer} = require('node:net')
const {renameSync, writeFileSync} = require('node:fs')
// It ends with whoever started it, however that ends.
process.stdin.resume().on('end', () => process.exit())
const mails = JSON.parse(process.env.MAILS).map((text) => Buffer.from(text))
const date = new Date().toUTCString().slice(5, 25).replace(' ', '-').replace(' ', '-') + ' +0000'
let logins = 0
const server = createServer((socket) => {
  const say = (...lines) => socket.write(lines.join('\\r\\n') + '\\r\\n')
  const shown = logins++ === 0 ? mails.slice(0, Number(process.env.EARLIER)) : mails
  const facts = {MESSAGES: shown.length, UIDNEXT: shown.length + 1, UIDVALIDITY: 1, HIGHESTMODSEQ: shown.length}
  const CAN = 'CAPABILITY IMAP4rev1 SASL-IR LITERAL+ CONDSTORE UIDPLUS'
  let login = ''
  const answers = {
    AUTHENTICATE: (tag, [, proof]) => {
      login = tag
      return proof ? answers.PROOF() : say('+ ')
    },
    PROOF: () => say(login + ' OK [' + CAN + '] Logged in'),
    CAPABILITY: (tag) => say('* ' + CAN, tag + ' OK done'),
    STATUS: (tag, [folder]) => say('* STATUS ' + folder + ' (' + Object.entries(facts).flat().join(' ') + ')', tag + ' OK done'),
    EXAMINE: (tag) => say(
      '* FLAGS (\\\\Answered \\\\Flagged \\\\Deleted \\\\Seen \\\\Draft)',
      '* OK [PERMANENTFLAGS ()] Read-only mailbox.',
      '* ' + shown.length + ' EXISTS',
      '* 0 RECENT',
      ...['UIDVALIDITY', 'UIDNEXT', 'HIGHESTMODSEQ'].map((name) => '* OK [' + name + ' ' + facts[name] + '] said'),
      tag + ' OK [READ-ONLY] Examine completed.',
    ),
    SEARCH: (tag) => say('* SEARCH ' + shown.map((_, index) => index + 1).join(' '), tag + ' OK done'),
    FETCH: (tag, [set]) => {
      const [first, last = first] = set.split(':').map(Number)
      shown.forEach((mail, index) => {
        const uid = index + 1
        if (uid < first || uid > last) return
        socket.write('* ' + uid + ' FETCH (UID ' + uid + ' INTERNALDATE "' + date + '" RFC822.SIZE ' + mail.length)
        socket.write(' BODY[]<0> {' + mail.length + '}\\r\\n')
        socket.write(mail)
        say(')')
      })
      say(tag + ' OK done')
    },
    LOGOUT: (tag) => {
      say('* BYE', tag + ' OK done')
      socket.end()
    },
  }
  let rest = ''
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\\r\\n')
    rest = lines.pop()
    for (const line of lines) {
      const [tag, ...words] = line.split(' ')
      const name = words[0] === 'UID' ? (words.shift(), words.shift()) : words.shift()
      if (name === undefined) answers.PROOF()
      else if (answers[name]) answers[name](tag, words)
      else say(tag + ' BAD unknown')
    }
  })
  say('* OK [' + CAN + ' AUTH=PLAIN] ready')
})
server.listen(0, '127.0.0.1', () => {
  writeFileSync(process.env.FILE + '-new', String(server.address().port))
  renameSync(process.env.FILE + '-new', process.env.FILE)
})
`
