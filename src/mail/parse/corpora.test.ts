import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect} from 'vitest'
import {CORPORA, corpus, testNeeding} from '../../../testing/needs.js'
import {parseMime} from './parse-mime.js'
import {readContent} from './read-content.js'

/** What Python's own `email` package says of a mail. */
interface Expected {
  readonly subject: string
  readonly from: string
  readonly attachments: number
  readonly isDeliveryStatus: boolean
}

const expected: Readonly<Record<string, Expected>> = JSON.parse(
  readFileSync(new URL('../../../testing/mail-corpora.json', import.meta.url), 'utf8'),
)

const NAMES = ['python', 'enmime', 'bounces'] as const
const MAIL = /\.(?:txt|eml|raw)$/
const CONTROLS = /[\0-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/

async function read(file: string) {
  const {head, parts} = await parseMime(readFileSync(file), {isCut: false})
  return {head, parts, content: readContent(parts, head.subject)}
}

for (const name of NAMES) {
  const mails = (root: string) =>
    readdirSync(root, {recursive: true, encoding: 'utf8'})
      .filter((file) => MAIL.test(file))
      .map((file) => join(root, file))

  testNeeding(corpus(name))(`no mail of ${name} throws, takes long, or brings a control character`, async () => {
    for (const file of mails(CORPORA[name])) {
      const before = process.cpuUsage()
      const {head, content} = await read(file)
      const {user, system} = process.cpuUsage(before)
      expect((user + system) / 1000, file).toBeLessThan(400)
      expect(CONTROLS.test(JSON.stringify({head, content})), file).toBe(false)
    }
  })

  testNeeding(corpus(name))(`the mails of ${name} are read as Python reads them`, async () => {
    const known = Object.entries(expected).filter(([file]) => file.startsWith(`${name}/`))
    expect(known.length).toBeGreaterThan(10)
    for (const [file, facts] of known) {
      const {head, parts} = await read(join(CORPORA[name], file.slice(name.length + 1)))
      const found = {
        subject: head.subject,
        from: head.from.address,
        attachments: parts.attachments.length,
        isDeliveryStatus: parts.deliveryStatus !== null,
      }
      expect(found, file).toEqual(facts)
    }
  })
}
