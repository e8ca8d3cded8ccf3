import fc from 'fast-check'
import {expect, test} from 'vitest'
import {
  accountWord,
  actionOn,
  correctionOf,
  MORNING,
  seenMail,
  toldOf,
  urgentMail,
} from '../../../testing/mail-records.js'
import {ledgerOf} from '../ledger/read.js'
import type {MailRecord} from '../ledger/record.js'
import {prose, quoted} from './markdown.js'
import {pageOf, recordsOfPage, renderPage} from './render-page.js'

const options = {date: '2036-11-21', zone: 'Europe/Berlin', accounts: ['work', 'home', 'shop']}
const later = (minutes: number) => new Date(Date.parse(MORNING) + minutes * 60_000).toISOString()
const page = (records: readonly MailRecord[], before: readonly MailRecord[] = []) =>
  renderPage({records, before}, options)

test('a page tells what is urgent first, what was done about it, and folds what can wait', () => {
  const outage = urgentMail('outage', {
    subject: 'Checkout is down',
    from: 'alerts@monitor.example',
    from_name: 'Monitor',
    sources: ['outage', 'auto-submitted'],
    confidence: 0.93,
  })
  const question = seenMail('question', {
    class: 'needs-reply',
    urgency: 2,
    subject: 'Re: Your offer',
    reason: 'Somebody asks for an answer.',
    actions: [
      {kind: 'draft', text: 'Gern.'},
      {kind: 'label', label: 'Angebote'},
    ],
  })
  const bill = seenMail('bill', {
    account: 'home',
    class: 'invoice',
    subject: 'Invoice 2036-11',
    from_name: 'Hosting Ltd',
    reason: 'It is a bill, a receipt or a payment notice.',
    by: 'operator',
    sources: ['MAIL.md:12'],
    received: '2036-11-20T22:50:00.000Z',
  })
  const letters = ['a', 'b', 'c'].map((name) =>
    seenMail(name, {
      account: 'home',
      class: 'newsletter',
      from: `news@${name}.example`,
      from_name: name === 'c' ? 'A' : name.toUpperCase(),
    }),
  )
  const old = urgentMail('old', {at: '2036-11-20T16:40:00.000Z', subject: 'Domain expires', from_name: 'Registrar'})
  const records: MailRecord[] = [
    accountWord('failing', {
      account: 'shop',
      detail: 'imap.shop.example refuses the password of ada',
      since: later(-78),
    }),
    accountWord('first', {account: 'home', since: '2036-11-14T08:30:00.000Z', left: 3120}),
    outage,
    question,
    bill,
    ...letters,
    actionOn(question, 0, {at: later(1)}),
    toldOf(outage, {at: later(1)}),
    correctionOf(old, {at: later(5), class: 'notification', urgency: 1}),
  ]
  expect(page(records, [old])).toMatchInlineSnapshot(`
    "# Mail of Friday, 21 Nov 2036

    > **Could not check shop** since 08:12: \`imap.shop.example\` refuses the password of ada · \`mcos email check shop\`

    1 urgent · 1 to answer · 1 draft lies ready · 4 that can wait.

    ## Urgent

    - **Monitor** 09:30 to work: \`Checkout is down\`
      → Something is down or failing now. · told jarvis 09:31

    ## To answer

    - **Ada Lovelace** 09:30 to work: \`Re: Your offer\`
      → Somebody asks for an answer. · a draft lies ready

    ## home

    - 20 Nov 23:50 **Hosting Ltd** \`Invoice 2036-11\` · invoice: It is a bill, a receipt or a payment notice.
    - 3 newsletters: A (2), B

    ## New words on earlier mail

    - 20 Nov 17:40 **Registrar** \`Domain expires\` · notification: ada says so.

    > home was read for the first time, from 14 Nov 09:30 on; 3120 older mails were left.

    <details>
    <summary>Ids, signals, and how to apply, take back or correct</summary>

    Read one again: \`mcos email show ID\` · it is something else: \`mcos email correct ID --class CLASS\`

    - \`m_4398c2042482\` \`alerts@monitor.example\` to work, lies in \`INBOX\`
      - judged 09:30: urgent, urgency 3; 93% sure by rule \`outage\` \`auto-submitted\`
      - something else? \`mcos email correct m_4398c2042482 --class CLASS\`
    - \`m_1f5087db919c\` \`ada@northwind.example\` to work, lies in \`INBOX\`
      - judged 09:30: needs-reply, urgency 2; 80% sure by rule
      - draft: done · \`mcos email undo m_1f5087db919c\`
      - label \`Angebote\`: proposed · \`mcos email apply m_1f5087db919c\`
      - something else? \`mcos email correct m_1f5087db919c --class CLASS\`
    - \`m_cba06b5736fa\` \`ada@northwind.example\` to work, lies in \`INBOX\`
      - judged 20 Nov 17:40: notification, urgency 1; it was taken for urgent, urgency 3; 80% sure by rule
      - something else? \`mcos email correct m_cba06b5736fa --class CLASS\`
    - \`m_623210167553\` invoice, 80% sure by operator: \`ada@northwind.example\`
    - \`m_ca978112ca1b\` newsletter, 80% sure by rule: \`news@a.example\`
    - \`m_3e23e8160039\` newsletter, 80% sure by rule: \`news@b.example\`
    - \`m_2e7d2c03a950\` newsletter, 80% sure by rule: \`news@c.example\`

    </details>

    <!-- of 11 lines -->
    "
  `)
  expect(recordsOfPage(page(records, [old]))).toBe(records.length)
})

test('what is open from before stands on the page until it is over or three days old', () => {
  const old = urgentMail('old', {at: later(-2 * 1440)})
  const told = toldOf(old, {at: old.at})
  const now = seenMail('now')
  expect(page([now], [old, told])).toContain('## Still open from before\n\n- **Ada Lovelace** 19 Nov 09:30 to work')
  expect(page([now], [old, told, toldOf(old, {state: 'over', at: later(-60)})])).not.toContain('Still open')
  expect(page([now], [urgentMail('old', {at: later(-4 * 1440)})])).not.toContain('Still open')
  const drafted = seenMail('drafted', {at: later(-5 * 1440), actions: [{kind: 'draft', text: 'x'}]})
  expect(page([now], [drafted, actionOn(drafted, 0, {at: drafted.at})])).toContain('a draft lies ready')
})

test('a thread stands once however many of its mails are urgent, and last once it is over', () => {
  const first = urgentMail('first', {subject: 'First'})
  const again = urgentMail('again', {subject: 'Again', thread: first.thread, received: later(3)})
  const other = urgentMail('other', {subject: 'Other', urgency: 2})
  const text = page([first, again, other, toldOf(first), toldOf(first, {at: later(4), state: 'over'})])
  expect(text.match(/^- .*$/gm)?.slice(0, 2)).toEqual([
    '- **Ada Lovelace** 09:30 to work: `Other`',
    '- over: **Ada Lovelace** 09:33 to work: `Again` (and 1 more in the thread)',
  ])
})

test('a day without records has no page, and a later day does not change an earlier page', () => {
  const today = [seenMail('a')]
  const tomorrow = [correctionOf(seenMail('a'), {at: '2036-11-22T08:00:00.000Z', class: 'urgent', urgency: 3})]
  expect(page([])).toBe('')
  expect(pageOf(ledgerOf(today, 'UTC'), {...options, date: '2036-11-20'})).toBeNull()
  expect(pageOf(ledgerOf([...today, ...tomorrow], 'UTC'), options)).toBe(page(today))
})

test.each([
  ['a plain sentence', 'It is a bill, and 50 % of it is paid.', 'It is a bill, and 50 % of it is paid.'],
  ['a link', 'see https://evil.example now', 'see `https://evil.example` now'],
  ['a Markdown link', 'see [here](x) and ![x](y)', 'see `[here](x)` and `![x](y)`'],
  ['HTML', 'a </details><b>b</b>', 'a `‹/details›‹b›b‹/b›`'],
  ['a fence', '``` x', "`'''` x"],
  ['somebody addressed', 'ask @ada about #12', 'ask `@ada` about `#12`'],
  ['an entity', 'a &lt; b & c', 'a `&lt;` b & c'],
  ['a host alone', 'go to evil.example', 'go to `evil.example`'],
  ['a table', 'a | b', 'a `|` b'],
  ['two lines', 'a\n# b', 'a `#` b'],
  ['control sequences', 'a\u001b[31mb\u202ec', 'abc'],
])('%s stays the text that it is', (_, text, expected) => {
  expect(prose(text, 100)).toBe(expected)
})

test('what is quoted can not end its quotes', () => {
  expect(quoted('` <b> ``', 100)).toBe("`' ‹b› ''`")
  expect(quoted(' \n', 100)).toBe('(empty)')
})

const NASTY = [
  '# x',
  '\n## y\n',
  '</details>',
  '<summary>',
  '```\n',
  '~~~',
  '[a](https://b.example)',
  '![a](b)',
  '<https://x.example>',
]
const MORE = [
  '@ada',
  '`',
  '``',
  '\\`',
  '| a |\n|---|',
  '---\n',
  '\n> q',
  '&#60;',
  '-->',
  '<!--',
  'www.x.example',
  'a@b.example',
  '\u001b[2J',
]
const words = fc.array(fc.oneof(fc.constantFrom(...NASTY, ...MORE), fc.string({unit: 'binary', maxLength: 8})), {
  maxLength: 6,
})
const hostile = words.map((parts) => parts.join(''))

test('no mail adds a heading, a fence, a link or HTML to a page, nor closes its details', () => {
  const build = (text: string): string => {
    const mails = (['urgent', 'needs-reply', 'invoice', 'newsletter'] as const).map((name) =>
      seenMail(name, {
        class: name,
        subject: text,
        from: text,
        from_name: text,
        reason: text,
        sources: [text],
        marks: [text],
        ref: {folder: text, key: text},
        attachments: [{name: text, type: text, size: 1}],
        actions: [
          {kind: 'label', label: text},
          {kind: 'move', to: text},
        ],
      }),
    )
    const [mail] = mails
    const failing = accountWord('failing', {account: 'home', detail: text})
    return page([failing, ...mails, ...(mail ? [actionOn(mail, 0, {state: 'failed', why: text})] : [])])
  }
  const shape = skeleton(build('words'))
  fc.assert(
    fc.property(hostile, (text) => {
      const made = build(text)
      expect(skeleton(made)).toEqual(shape)
      expect(made).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/u)
      expect(made.match(/<[^\n]*/g)).toEqual([
        '<details>',
        '<summary>Ids, signals, and how to apply, take back or correct</summary>',
        '</details>',
        expect.stringMatching(/^<!-- of \d+ lines -->$/),
      ])
      for (const line of made.split('\n')) expect(outsideCode(line)).not.toMatch(RISKY)
    }),
    {numRuns: 300},
  )
})

/** Each line's beginning, which is what decides about headings, lists, fences and rules. */
function skeleton(text: string): string[] {
  return text.split('\n').map((line) => /^(?:#+ .*|(?: {2})?(?:- |> |→ )|<.*|$)/.exec(line)?.[0] ?? 'text')
}

const RISKY = /[`@[\]{}|~$^\\]|:\/\/|www\.|(?<!^)#/

/** A line without what stands in code spans, HTML of ours and the mark of its beginning. */
function outsideCode(line: string): string {
  return line
    .replace(/`[^`]*`/g, '')
    .replace(/^<.*/, '')
    .replace(/^#+ /, '')
}

test('a name that is written like an address does not stand for the sender', () => {
  const forged = urgentMail('forged', {from_name: 'ada@northwind.example', from: 'evil@x.example'})
  expect(page([forged])).toContain('**`evil@x.example`**')
  expect(page([forged])).not.toContain('ada@northwind.example')
})
