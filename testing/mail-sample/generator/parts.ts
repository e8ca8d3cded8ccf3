import {encodeBase64, encodeQuotedPrintable, encodeText} from './encode.js'
import type {Letter} from './letter.js'

const EDGE = '=_part_of_sample'

/** A letter's body: plain, HTML or both, with the part its kind needs. */
export function bodyOf(letter: Letter): Buffer {
  const {template, random} = letter
  const text = withTail(letter)
  const plain = textPart(letter, 'plain', text)
  switch (template.kind) {
    case 'bounce':
      return multipart('report; report-type=delivery-status', [plain, deliveryStatus(letter)])
    case 'invite':
    case 'cancel':
      return multipart('alternative', [plain, calendarPart(letter)])
    case 'person':
    case 'auto-reply':
      return random.chance(0.25) ? multipart('alternative', [plain, htmlPart(letter, text)]) : plain
    case 'robot':
    case 'list':
    case 'forged': {
      const form = random.next()
      if (form < 0.4) return plain
      return form < 0.7 ? htmlPart(letter, text) : multipart('alternative', [plain, htmlPart(letter, text)])
    }
  }
}

/** What stands below the text of such mail: a signature, a disclaimer, where to unsubscribe. */
function withTail({template, text, random, facts}: Letter): string {
  const tails: readonly string[] =
    template.kind === 'person'
      ? [
          '',
          '',
          '',
          '\n\n-- \nSent from my phone',
          `\n\n-- \n${facts.values['company']}\nTel. 021 555 0${facts.values['id']?.slice(0, 3)}`,
          `\n\n${DISCLAIMER}`,
        ]
      : ['']
  const list = `\n\nYou get this mail because you gave us your address. Unsubscribe: https://${facts.values['service.dom']}/u`
  return `${text}${template.kind === 'list' ? list : random.pick(tails)}\n`
}

const DISCLAIMER =
  'This e-mail is confidential. If you received it in error please notify the sender immediately and delete it at once.'

function htmlPart(letter: Letter, text: string): Buffer {
  const {template, random} = letter
  const paragraphs = text
    .trim()
    .split('\n\n')
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('\n')
  const peek =
    template.kind === 'list' ? '<div style="display:none;max-height:0">In this issue and more &zwnj;&nbsp;</div>' : ''
  const frame = random.chance(0.5) ? ['<table width="600"><tr><td>', '</td></tr></table>'] : ['<div>', '</div>']
  return textPart(letter, 'html', `<html><body>${peek}${frame[0]}${paragraphs}${frame[1]}</body></html>\n`)
}

function textPart({charset, random}: Letter, subtype: string, text: string): Buffer {
  const bytes = encodeText(text.replaceAll('\n', '\r\n'), charset)
  const isBare = charset === 'iso-2022-jp' || bytes.every((byte) => byte < 128)
  const encoding = isBare ? '7bit' : random.pick(['quoted-printable', 'base64', '8bit'])
  const head = `Content-Type: text/${subtype}; charset=${charset}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), encodedAs(encoding, bytes)])
}

function encodedAs(encoding: string, bytes: Buffer): Buffer {
  if (encoding === 'base64') return Buffer.from(`${encodeBase64(bytes)}\r\n`)
  return encoding === 'quoted-printable' ? Buffer.from(encodeQuotedPrintable(bytes)) : bytes
}

function calendarPart({template, subject, facts, random}: Letter): Buffer {
  const isCancelled = template.kind === 'cancel'
  const start = new Date(facts.at.getTime() + random.whole(2, 20) * 86_400_000)
  const stamp = start.toISOString().replace(/[-:]|\.\d+/g, '')
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `METHOD:${isCancelled ? 'CANCEL' : 'REQUEST'}`,
    'BEGIN:VEVENT',
    `UID:${facts.values['id']}@calendar.example`,
    `DTSTAMP:${facts.at.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    `DTSTART:${stamp}`,
    `SUMMARY:${subject.replace(/^[^:]*: /, '').replace(/[,;\\]/g, '\\$&')}`,
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
  const method = isCancelled ? 'CANCEL' : 'REQUEST'
  const head = `Content-Type: text/calendar; charset=utf-8; method=${method}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`
  return Buffer.from(head + lines.join('\r\n'))
}

function deliveryStatus({facts}: Letter): Buffer {
  const lines = [
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.northwind.example',
    '',
    `Final-Recipient: rfc822; somebody@${facts.values['box']}`,
    'Action: failed',
    'Status: 5.1.1',
    '',
  ]
  return Buffer.from(lines.join('\r\n'))
}

function multipart(subtype: string, parts: readonly Buffer[]): Buffer {
  const head = `Content-Type: multipart/${subtype}; boundary="${EDGE}"\r\n\r\n`
  const pieces = parts.flatMap((part) => [Buffer.from(`--${EDGE}\r\n`), part, Buffer.from('\r\n')])
  return Buffer.concat([Buffer.from(head), ...pieces, Buffer.from(`--${EDGE}--\r\n`)])
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
