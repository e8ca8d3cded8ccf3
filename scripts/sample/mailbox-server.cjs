/** As much of IMAP as a reading needs; `MAILS` is what it has, `EARLIER` how many of them whoever comes first finds. */
'use strict'

const {createServer} = require('node:net')
const {renameSync, writeFileSync} = require('node:fs')
// It ends with whoever started it, however that ends.
process.stdin.resume().on('end', () => process.exit())
const mails = JSON.parse(process.env.MAILS).map((text) => Buffer.from(text))
const date = `${new Date().toUTCString().slice(5, 25).replace(' ', '-').replace(' ', '-')} +0000`
let logins = 0
const server = createServer((socket) => {
  const say = (...lines) => socket.write(`${lines.join('\r\n')}\r\n`)
  const shown = logins++ === 0 ? mails.slice(0, Number(process.env.EARLIER)) : mails
  const facts = {MESSAGES: shown.length, UIDNEXT: shown.length + 1, UIDVALIDITY: 1, HIGHESTMODSEQ: shown.length}
  const CAN = 'CAPABILITY IMAP4rev1 SASL-IR LITERAL+ CONDSTORE UIDPLUS'
  let login = ''
  const answers = {
    authenticate: (tag, [, proof]) => {
      login = tag
      return proof ? answers.proof() : say('+ ')
    },
    proof: () => say(`${login} OK [${CAN}] Logged in`),
    capability: (tag) => say(`* ${CAN}`, `${tag} OK done`),
    status: (tag, [folder]) => say(`* STATUS ${folder} (${Object.entries(facts).flat().join(' ')})`, `${tag} OK done`),
    examine: (tag) =>
      say(
        '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
        '* OK [PERMANENTFLAGS ()] Read-only mailbox.',
        `* ${shown.length} EXISTS`,
        '* 0 RECENT',
        ...['UIDVALIDITY', 'UIDNEXT', 'HIGHESTMODSEQ'].map((name) => `* OK [${name} ${facts[name]}] said`),
        `${tag} OK [READ-ONLY] Examine completed.`,
      ),
    search: (tag) => say(`* SEARCH ${shown.map((_, index) => index + 1).join(' ')}`, `${tag} OK done`),
    fetch: (tag, [set]) => {
      const [first, last = first] = set.split(':').map(Number)
      shown.forEach((mail, index) => {
        const uid = index + 1
        if (uid < first || uid > last) return
        socket.write(`* ${uid} FETCH (UID ${uid} INTERNALDATE "${date}" RFC822.SIZE ${mail.length}`)
        socket.write(` BODY[]<0> {${mail.length}}\r\n`)
        socket.write(mail)
        say(')')
      })
      say(`${tag} OK done`)
    },
    logout: (tag) => {
      say('* BYE', `${tag} OK done`)
      socket.end()
    },
  }
  let rest = ''
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\r\n')
    rest = lines.pop()
    for (const line of lines) {
      const [tag, ...words] = line.split(' ')
      if (words[0] === 'UID') words.shift()
      const name = words.shift()?.toLowerCase()
      if (name === undefined) answers.proof()
      else if (answers[name]) answers[name](tag, words)
      else say(`${tag} BAD unknown`)
    }
  })
  say(`* OK [${CAN} AUTH=PLAIN] ready`)
})
server.listen(0, '127.0.0.1', () => {
  writeFileSync(`${process.env.FILE}-new`, String(server.address().port))
  renameSync(`${process.env.FILE}-new`, process.env.FILE)
})
