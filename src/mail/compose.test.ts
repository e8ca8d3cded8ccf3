import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {composeDraft, draftId, idsIn, isUntouchedDraft, writerOf} from './compose.js'
import type {MailHead} from './mail.js'
import type {ReplyDraft} from './mailbox.js'
import {parseMime} from './parse/parse-mime.js'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const WRITER = {from: 'ada@northwind.example', now: NOW}

function headWith(changes: Partial<MailHead> = {}): MailHead {
  return {
    messageId: 'm-2@partner.example',
    from: {name: 'Ben', address: 'ben@partner.example'},
    sender: null,
    replyTo: [],
    to: [],
    cc: [],
    subject: 'The offer',
    date: null,
    references: ['m-1@partner.example'],
    inReplyTo: 'm-1@partner.example',
    headers: {},
    ...changes,
  }
}

function replyTo(head: MailHead, changes: Partial<ReplyDraft> = {}): ReplyDraft {
  const ref = {folder: 'INBOX', key: '1:1'}
  const to = {ref, head, received: '2026-11-21T09:30:00.000Z'}
  return {mark: 'd-1', to, text: 'Thank you, Ben.', quote: 'Here it is.\n> as you asked', ...changes}
}

describe('a reply draft', () => {
  test('stands in its thread, quotes, and goes to whom it comes from', () => {
    const raw = composeDraft(replyTo(headWith()), WRITER).toString()
    expect(raw.replace(/X-Mcos-Draft: \w+/, 'X-Mcos-Draft: …').replaceAll('\r\n', '\n')).toMatchInlineSnapshot(`
      "From: ada@northwind.example
      To: Ben <ben@partner.example>
      Subject: Re: The offer
      Date: Sat, 21 Nov 2026 12:00:00 +0000
      Message-ID: <mcos.d-1@northwind.example>
      In-Reply-To: <m-2@partner.example>
      References: <m-1@partner.example> <m-2@partner.example>
      X-Mcos-Draft: …
      MIME-Version: 1.0
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: quoted-printable

      Thank you, Ben.

      On 2026-11-21 at 09:30 UTC, Ben <ben@partner.example> wrote:
      > Here it is.
      >> as you asked
      "
    `)
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test('goes where the thread says replies go, says Re: once, and speaks every language', async () => {
    const head = headWith({
      subject: 'RE: Grüße aus Köln – 你好，这是一个相当长的主题，超过了一行的长度',
      replyTo: [
        {name: 'Büro, "Köln"', address: 'buero@köln.example'},
        {name: 'Sales (EU)', address: 'sales@partner.example'},
      ],
    })
    const raw = composeDraft(replyTo(head, {text: 'Schöne Grüße 👋', quote: 'é'.repeat(200)}), WRITER)
    expect(raw.toString('latin1')).toMatch(/^[\r\n\x20-\x7e]*$/)
    for (const line of raw.toString().split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
    const read = await parseMime(raw, {isCut: false})
    expect(read.head.subject).toBe(head.subject)
    expect(read.head.to).toEqual([
      {name: 'Büro, "Köln"', address: expect.stringMatching(/^buero@(?:köln|xn--kln-sna)\.example$/)},
      {name: 'Sales (EU)', address: 'sales@partner.example'},
    ])
    expect(read.parts.text).toContain('Schöne Grüße 👋')
    expect(read.parts.text).toContain(`> ${'é'.repeat(200)}`)
  })

  test('has the same Message-ID for the same mark, and another for another', () => {
    expect(draftId('d-1', WRITER.from)).toBe('mcos.d-1@northwind.example')
    expect(draftId('d 1>\r\n', 'nobody')).toBe('mcos.d-1-@localhost')
    expect(idsIn(composeDraft(replyTo(headWith()), WRITER), 'message-id')).toEqual([draftId('d-1', WRITER.from)])
  })

  test('knows itself again until somebody changes to whom, about what, or what it says', () => {
    const text = composeDraft(replyTo(headWith()), WRITER).toString()
    expect(isUntouchedDraft(Buffer.from(text))).toBe(true)
    expect(isUntouchedDraft(Buffer.from(text.replaceAll('\r\n', '\n').trimEnd()))).toBe(true)
    for (const [before, after] of [
      ['Thank', 'No th'],
      ['ben@', 'eve@'],
      ['The offer', 'An offer'],
      [/X-Mcos-Draft.*\r\n/, ''],
    ] as const) {
      expect(isUntouchedDraft(Buffer.from(text.replace(before, after)))).toBe(false)
    }
  })

  test('names an account that logs in without an address by one of its own', () => {
    expect(writerOf('ada', ['ada@northwind.example'], 'imap.example')).toBe('ada@northwind.example')
    expect(writerOf('ada', [], 'imap.example')).toBe('ada@imap.example')
  })

  test('lets nothing that came with a mail begin a header or a line of its own', () => {
    const evil = fc.oneof(
      fc.string({unit: 'binary'}),
      fc.constantFrom(
        'x\r\nBcc: eve@evil.example',
        'x\n\nbody',
        'a@b.example>\r\nBcc: <e@e.example',
        '=?utf-8?Q?=0ABcc:_e?=',
      ),
    )
    const address = fc.record({name: evil, address: evil})
    const head = fc.record({
      messageId: fc.option(evil, {nil: null}),
      from: address,
      replyTo: fc.array(address, {maxLength: 3}),
      subject: evil,
      references: fc.array(evil, {maxLength: 30}),
      inReplyTo: fc.option(evil, {nil: null}),
    })
    const known =
      /^(?:From|To|Subject|Date|Message-ID|In-Reply-To|References|X-Mcos-Draft|MIME-Version|Content-Type|Content-Transfer-Encoding): \S/
    fc.assert(
      fc.property(head, evil, evil, (changes, text, quote) => {
        const raw = composeDraft(replyTo(headWith(changes), {text, quote}), WRITER).toString('latin1')
        const [headers = '', ...body] = raw.split('\r\n\r\n')
        const names = headers.split('\r\n').filter((line) => !line.startsWith(' '))
        expect(names.filter((line) => !known.test(line))).toEqual([])
        expect(new Set(names.map((line) => line.split(':')[0])).size).toBe(names.length)
        expect(headers).toMatch(/^[\r\n\x20-\x7e]*$/)
        expect(body.join('\r\n\r\n').replaceAll('\r\n', '')).not.toMatch(/[\r\n\0]/)
      }),
      {numRuns: 300},
    )
  })

  test('says in its body what was to be said, whatever it is', async () => {
    const line = fc.stringMatching(/^[ -~äöüß€👋=.]{0,200}$/u)
    await fc.assert(
      fc.asyncProperty(fc.array(line, {minLength: 1, maxLength: 5}), async (lines) => {
        const text = lines.join('\n')
        const {parts} = await parseMime(composeDraft(replyTo(headWith(), {text}), WRITER), {isCut: false})
        expect(parts.text?.startsWith(text.trimEnd())).toBe(true)
      }),
      {numRuns: 200},
    )
  })
})
