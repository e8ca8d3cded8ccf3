/** A plain day's mail: a person's question, a newsletter with HTML, an invoice with an attachment, a robot's notice. */
const KINDS = [person, newsletter, invoice, robot] as const

/** `count` different mails of ordinary size, the oldest first, an hour between any two, the last one at `until`. */
export function makeMails(count: number, {until, from = 0}: {until: number; from?: number}): string[] {
  return Array.from({length: count}, (_, index) => {
    const number = from + index
    const kind = KINDS[number % KINDS.length] ?? person
    const date = new Date(until - (count - 1 - index) * 3_600_000)
    return kind(number, date).join('\r\n')
  })
}

function person(number: number, date: Date): string[] {
  return [
    ...head(number, date, {
      from: `Cleo Brandt <cleo${number % 97}@customer.example>`,
      subject: `The keys of flat ${number}`,
    }),
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    'Hello Ada,',
    '',
    ...PROSE.slice(number % 4, (number % 4) + 6),
    '',
    `Could you tell me by next week whether flat ${number} has a second key? Grüße,`,
    'Cleo',
    '',
    '> On Monday you wrote:',
    ...PROSE.slice(0, 5).map((line) => `> ${line}`),
    '',
  ]
}

function newsletter(number: number, date: Date): string[] {
  const paragraphs = PROSE.map((line) => `<p style="font-family: Arial, sans-serif; font-size: 14px">${line}</p>`)
  return [
    ...head(number, date, {from: 'Cloud News <news@letters.example>', subject: `Issue ${number}: what is new`}),
    'List-Id: <news.letters.example>',
    'List-Unsubscribe: <https://letters.example/leave>',
    `Content-Type: multipart/alternative; boundary="b${number}"`,
    '',
    `--b${number}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...PROSE,
    `--b${number}`,
    'Content-Type: text/html; charset=utf-8',
    '',
    '<html><body><table width="600"><tr><td>',
    ...paragraphs,
    '<a href="https://letters.example/leave">Leave</a></td></tr></table></body></html>',
    `--b${number}--`,
    '',
  ]
}

function invoice(number: number, date: Date): string[] {
  const pdf = Buffer.from(`%PDF-1.4 ${`invoice ${number} `.repeat(120)}`).toString('base64')
  return [
    ...head(number, date, {from: 'Billing <billing@supplier.example>', subject: `Invoice ${number}`}),
    `Content-Type: multipart/mixed; boundary="b${number}"`,
    '',
    `--b${number}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Please find invoice ${number} attached. It is due in thirty days.`,
    `--b${number}`,
    `Content-Type: application/pdf; name="invoice-${number}.pdf"`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename="invoice-${number}.pdf"`,
    '',
    ...(pdf.match(/.{1,76}/g) ?? []),
    `--b${number}--`,
    '',
  ]
}

function robot(number: number, date: Date): string[] {
  return [
    ...head(number, date, {from: 'Build <noreply@builds.example>', subject: `[field-app] Run ${number} passed`}),
    'Auto-Submitted: auto-generated',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Run ${number} of field-app passed in ${number % 400} s.`,
    ...PROSE.slice(0, 2),
    '',
  ]
}

function head(number: number, date: Date, {from, subject}: {from: string; subject: string}): string[] {
  const host = /@([^>]+)/.exec(from)?.[1] ?? 'customer.example'
  return [
    `Return-Path: <bounce@${host}>`,
    `Received: from mx.${host} (mx.${host} [192.0.2.${number % 250}]) by mail.northwind.example with ESMTPS id ${number}`,
    `\tfor <ada@northwind.example>; ${date.toUTCString()}`,
    `Authentication-Results: mail.northwind.example; spf=pass smtp.mailfrom=${host}; dkim=pass header.d=${host}`,
    `From: ${from}`,
    'To: Ada Northwind <ada@northwind.example>',
    `Subject: ${subject}`,
    `Date: ${date.toUTCString()}`,
    `Message-ID: <${number}.${date.getTime()}@${host}>`,
    'MIME-Version: 1.0',
  ]
}

const PROSE = [
  'We went through the list again this morning and most of it is settled by now.',
  'The shutters on the second floor still have to be looked at before the rain comes.',
  'Nobody has heard from the painters since Thursday, which is not unusual for them.',
  'The new chairs arrived, four of them blue, and they are in the hall for the moment.',
  'If the weather holds, the roof will be done by the end of the month as it was agreed.',
  'The garden needs water twice a day, and the neighbour has kindly offered to do that.',
  'The lift was inspected and has its sticker again until the autumn of next year.',
  'Two of the bicycles in the cellar belong to nobody and will be given away in spring.',
  'The meeting of the owners will be on a Tuesday again, as it has been for years now.',
  'There is a parcel for the third floor which nobody has picked up for a whole week.',
]
