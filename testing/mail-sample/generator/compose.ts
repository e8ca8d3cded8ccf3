import type {Charset} from './encode.js'
import {drawFacts, fill} from './fill.js'
import {headersOf} from './headers.js'
import type {Letter} from './letter.js'
import {bodyOf} from './parts.js'
import type {Random} from './random.js'
import type {Language, Template} from './template.js'

const RECIPIENTS = [
  'Ada <ada@northwind.example>',
  'ben@northwind.example',
  '"Northwind Service" <service@northwind.example>',
  'office@northwind.example',
]

/** Charsets that mail of a language really comes in; utf-8 is the usual one everywhere. */
const CHARSETS: Readonly<Partial<Record<Language, readonly Charset[]>>> = {
  en: ['utf-8', 'utf-8', 'iso-8859-1', 'windows-1252'],
  ru: ['utf-8', 'koi8-r', 'windows-1251'],
  zh: ['utf-8', 'gb2312', 'gb18030'],
  ja: ['utf-8', 'iso-2022-jp', 'shift_jis'],
}

const WESTERN: readonly Charset[] = ['utf-8', 'iso-8859-1', 'windows-1252']

/** A whole mail's bytes from a template: facts drawn, gaps filled, headers and parts of the template's kind around them. */
export function composeMail(template: Template, random: Random): Buffer {
  const letter = draftLetter(template, random)
  const head = headersOf(letter).join('\r\n')
  return Buffer.concat([Buffer.from(`${head}\r\nMIME-Version: 1.0\r\n`, 'utf8'), bodyOf(letter)])
}

/** What a template says this time, to whom and in which charset, before it is put into headers and parts. */
export function draftLetter(template: Template, random: Random): Letter {
  const facts = drawFacts(random, template.lang)
  const [subject = '', ...rest] = fill(template.text, facts, random).split('\n')
  const text = rest.join('\n').trim()
  return {
    template,
    facts,
    from: fill(template.from ?? personalBox(template, random), facts, random),
    to: random.pick(RECIPIENTS),
    subject,
    text,
    charset: charsetFor(template.lang, subject + text, random),
    random,
  }
}

function personalBox(template: Template, random: Random): string {
  const box = `{${random.pick(['box', 'box', 'company.dom'])}}`
  return template.lang === 'en' && random.chance(0.1) ? `{first}.writes@${box}` : `{person} <person{n:100-999}@${box}>`
}

function charsetFor(lang: Language, text: string, random: Random): Charset {
  const charset = random.pick(CHARSETS[lang] ?? WESTERN)
  const isBeyondLatin1 = charset === 'iso-8859-1' && /[^\x00-\xff]/.test(text)
  return isBeyondLatin1 ? 'utf-8' : charset
}
