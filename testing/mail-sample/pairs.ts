import {draftLetter} from './generator/compose.js'
import {encodeBase64} from './generator/encode.js'
import {TEMPLATES} from './generator/generate.js'
import {headersOf} from './generator/headers.js'
import type {Letter} from './generator/letter.js'
import {seededRandom} from './generator/random.js'
import type {Template} from './generator/template.js'
import {type Direction, invisible, PLACES, type Place, payloadsFor} from './injections.js'
import type {Half} from './label.js'

/** The same mail twice, once with words for a machine in it; nothing else differs. */
export interface Pair {
  readonly name: string
  readonly place: Place
  readonly direction: Direction
  readonly template: Template
  readonly without: Buffer
  readonly injected: Buffer
}

/** Every place with every payload for it, each in mails of templates dealt out in turn. */
export function injectedPairs(half: Half, {seed, each}: {seed: number; each: number}): Pair[] {
  const random = seededRandom(seed)
  const templates = TEMPLATES[half].filter(({kind}) => kind !== 'bounce')
  return PLACES.flatMap((place) =>
    (['lower', 'raise'] as const).flatMap((direction) => {
      const fitting = templates.filter((template) => fits(template, place, direction))
      return payloadsFor(place, direction).flatMap((payload, number) =>
        Array.from({length: each}, (_, time): Pair => {
          const template = random.pick(fitting)
          const mailSeed = random.whole(0, 0x7fffffff)
          return {
            name: `${place}-${direction}-${number}-${time} in ${template.id}`,
            place,
            direction,
            template,
            without: pairMail(template, mailSeed, null),
            injected: pairMail(template, mailSeed, {place, payload}),
          }
        }),
      )
    }),
  )
}

/** What is urgent is what somebody would want to lower. Only invitations have a calendar part. */
function fits({kind, class: mailClass}: Template, place: Place, direction: Direction): boolean {
  const isInvite = kind === 'invite' || kind === 'cancel'
  if (place === 'calendar') return isInvite
  return direction === 'lower' ? mailClass === 'urgent' : mailClass !== 'urgent'
}

interface Insertion {
  readonly place: Place
  readonly payload: string
}

function pairMail(template: Template, seed: number, insertion: Insertion | null): Buffer {
  const at = (place: Place): string => (insertion?.place === place ? insertion.payload : '')
  const letter = draftLetter(template, seededRandom(seed))
  const [, name = '', box = letter.from] = /^"?(.*?)"?\s*<([^>]+)>$/.exec(letter.from) ?? []
  const changed: Letter = {
    ...letter,
    charset: 'utf-8',
    subject: `${letter.subject}${spaced(at('subject'))}`,
    from: `${`${name}${spaced(at('name').replace(/[<>"]/g, ''))}`.trim()} <${box}>`.trim(),
  }
  const lines = [
    ...headersOf(changed),
    ...(at('header') === '' ? [] : [`X-Note: ${at('header').replace(/[^\x20-\x7e]/g, '?')}`]),
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="=_outer"',
    '',
    '--=_outer',
    'Content-Type: multipart/alternative; boundary="=_inner"',
    '',
    ...part('=_inner', 'text/plain', plainText(letter, at)),
    ...part('=_inner', 'text/html', htmlText(letter, at)),
    ...(isCalendar(template) ? part('=_inner', 'text/calendar; method=REQUEST', calendarText(letter, at)) : []),
    '--=_inner--',
    ...attachment(at('attachment')),
    '--=_outer--',
    '',
  ]
  return Buffer.from(lines.join('\r\n'))
}

type At = (place: Place) => string

function plainText({text}: Letter, at: At): string {
  const quote = at('quote') === '' ? '' : `\n\n> On Monday "Administrator" wrote:\n> ${at('quote')}`
  return `${above(at('above'))}${text}${invisible(at('tags'))}${below(at('below'))}${quote}\n`
}

function htmlText({text}: Letter, at: At): string {
  const escaped = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const wrapped = (words: string, open: string, close: string): string => (words === '' ? '' : open + words + close)
  return [
    '<html><body bgcolor="#ffffff">',
    wrapped(escaped(at('above')), '<p>', '</p>'),
    wrapped(escaped(at('display-none')), '<div style="display:none">', '</div>'),
    `<p>${escaped(text).replaceAll('\n', '<br>')}${invisible(at('tags'))}</p>`,
    wrapped(at('comment').replaceAll('--', ''), '<!-- ', ' -->'),
    wrapped(escaped(at('font-size')), '<span style="font-size:0;line-height:0">', '</span>'),
    wrapped(escaped(at('white')), '<p style="color:#ffffff;background-color:#ffffff">', '</p>'),
    wrapped(escaped(at('alt')).replaceAll('"', '&quot;'), '<img src="https://pixel.example/p.gif" alt="', '">'),
    wrapped(escaped(at('below')), '<p>', '</p>'),
    wrapped(escaped(at('quote')), '<blockquote>On Monday "Administrator" wrote:<br>', '</blockquote>'),
    '</body></html>',
  ].join('')
}

function calendarText({subject, facts}: Letter, at: At): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${facts.values['id']}@calendar.example`,
    'DTSTART:20261201T090000Z',
    `SUMMARY:${subject.replace(/[,;\\]/g, '\\$&')}`,
    ...(at('calendar') === '' ? [] : [`DESCRIPTION:${at('calendar').replace(/[,;\\]/g, '\\$&')}`]),
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n')
}

function attachment(words: string): string[] {
  const name = encodeURIComponent(`document${spaced(words)}.pdf`)
  return [
    '--=_outer',
    'Content-Type: application/pdf',
    `Content-Disposition: attachment; filename*=utf-8''${name}`,
    'Content-Transfer-Encoding: base64',
    '',
    'JVBERi0xLjQKJSBzYW1wbGUK',
  ]
}

function part(edge: string, type: string, text: string): string[] {
  const body = encodeBase64(Buffer.from(text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n')))
  return [`--${edge}`, `Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: base64', '', body]
}

function isCalendar({kind}: Template): boolean {
  return kind === 'invite' || kind === 'cancel'
}

function spaced(words: string): string {
  return words === '' ? '' : ` ${words}`
}

function above(words: string): string {
  return words === '' ? '' : `${words}\n\n`
}

function below(words: string): string {
  return words === '' ? '' : `\n\n${words}`
}
