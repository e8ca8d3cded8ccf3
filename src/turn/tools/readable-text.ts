import {decodeEntities} from './entities.js'

/** What of a page nobody sees, or what is no text. */
const DROPPED = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'iframe',
  'object',
  'select',
  'textarea',
  'canvas',
  'math',
])
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
])
const RAW = new Set(['script', 'style', 'textarea', 'iframe', 'noscript'])
const BLOCK =
  /^(?:address|article|aside|blockquote|br|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|title|tr|ul)$/
const HIDDEN =
  /\s(?:hidden(?:[\s=/>]|$)|aria-hidden\s*=\s*["']?true|style\s*=\s*(?:"[^"]*|'[^']*)(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])))/i

interface Tag {
  readonly name: string
  readonly isEnd: boolean
  readonly source: string
  /** Where the text goes on. */
  readonly end: number
}

/**
 * The words of an HTML page as a reader would see them, with their paragraphs, lists and headings. No rendering: what a
 * style sheet hides is still there, what an attribute hides is gone. Takes time in proportion to the page.
 */
export function readableText(html: string): string {
  const out: string[] = []
  const open: {name: string; isHidden: boolean}[] = []
  let hidden = 0
  let at = 0
  while (at < html.length) {
    const next = html.indexOf('<', at)
    if (next < 0) break
    if (hidden === 0) out.push(words(html.slice(at, next)))
    const tag = readTag(html, next)
    if (tag === null) {
      if (hidden === 0) out.push('<')
      at = next + 1
      continue
    }
    at = tag.end
    const {name, isEnd} = tag
    if (BLOCK.test(name) && hidden === 0) out.push(isEnd ? tail(name) : lead(name))
    if (name === '' || VOID.has(name)) continue
    if (isEnd) {
      const place = open.findLastIndex((one) => one.name === name)
      if (place < 0) continue
      for (const {isHidden} of open.splice(place)) if (isHidden) hidden--
    } else if (RAW.has(name)) {
      at = endOfRaw(html, at, name)
    } else {
      const isHidden = DROPPED.has(name) || HIDDEN.test(tag.source)
      if (isHidden) hidden++
      open.push({name, isHidden})
      if (open.length > 500) return tidy(out.join(''))
    }
  }
  if (hidden === 0) out.push(words(html.slice(at)))
  return tidy(out.join(''))
}

/** A tag, or a comment as a tag without a name; null where "<" is just a sign. */
function readTag(html: string, start: number): Tag | null {
  if (html.startsWith('<!--', start)) {
    const end = html.indexOf('-->', start + 4)
    return {name: '', isEnd: false, source: '', end: end < 0 ? html.length : end + 3}
  }
  const second = html[start + 1] ?? ''
  if (!/[a-z/!?]/i.test(second)) return null
  const end = endOfTag(html, start + 1)
  const source = html.slice(start, Math.min(end, start + 4_000))
  const [, slash = '', name = ''] = /^<(\/?)([a-z][a-z0-9-]{0,30})/i.exec(source) ?? []
  return {name: name.toLowerCase(), isEnd: slash === '/', source, end}
}

/** Behind the ">" that ends a tag; one inside a quoted value doesn't. */
function endOfTag(html: string, from: number): number {
  let quote = ''
  for (let at = from; at < html.length; at++) {
    const letter = html[at] ?? ''
    if (quote !== '') {
      if (letter === quote) quote = ''
    } else if (letter === '>') return at + 1
    else if ((letter === '"' || letter === "'") && html[at - 1] === '=') quote = letter
  }
  return html.length
}

function endOfRaw(html: string, from: number, name: string): number {
  const close = new RegExp(`</${name}[\\s/>]`, 'gi')
  close.lastIndex = from
  const found = close.exec(html)
  return found === null ? html.length : endOfTag(html, found.index + 1)
}

/** Items, rows and cells have begun their line themselves. */
function tail(name: string): string {
  return /^(?:li|td|th|tr|dt|dd)$/.test(name) ? '' : '\n'
}

function lead(name: string): string {
  if (name === 'li') return '\n- '
  if (name === 'td' || name === 'th') return '\t'
  const level = /^h([1-6])$/.exec(name)?.[1]
  return level ? `\n\n${'#'.repeat(Number(level))} ` : name === 'p' ? '\n\n' : '\n'
}

function words(text: string): string {
  return decodeEntities(text.replace(/[ \t\r\n\f]+/g, ' '))
}

function tidy(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/[ \t\u00a0]+/g, ' ').trim())
  return lines
    .filter((line, index) => line !== '-' && (line !== '' || (lines[index - 1] ?? '') !== ''))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
