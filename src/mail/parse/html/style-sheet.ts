import {type Declaration, put, readDeclarations, withoutComments} from './declarations.js'

/** An element as far as a selector asks for it. */
export interface Named {
  readonly tag: string
  readonly id: string
  readonly classes: readonly string[]
}

/** The rules of a mail's <style> elements, found by the tag, class or id that their selector ends with. */
export type Sheet = ReadonlyMap<string, readonly Rule[]>

interface Rule {
  readonly selector: string
  /** The compound that the element itself must match, and those that some element around it must. */
  readonly own: Named
  readonly around: readonly Named[]
  readonly said: Map<string, Declaration>
}

// Bounds, so that no sheet makes each element expensive.
const MOST_OF_A_KEY = 20
const FARTHEST_AROUND = 50
const COMPOUND = /^([a-z][\w-]*|\*)?((?:[.#][\w-]+)*)$/i

/** Reads what is certain to hold: rules outside of conditions, selectors of tags, classes and ids. */
export function readSheet(css: string): Sheet {
  const sheet = new Map<string, Rule[]>()
  const text = withoutComments(css.replaceAll('<!--', '').replaceAll('-->', ''))
  let at = 0
  for (let open = text.indexOf('{', at); open !== -1; open = text.indexOf('{', at)) {
    const head = text
      .slice(at, open)
      .replace(/^[\s}]+/, '')
      .trim()
    if (/^@media\b(?:\s+(?:only\s+)?(?:all|screen))?\s*$/i.test(head)) {
      at = open + 1 // Its rules hold wherever a mail is read.
    } else if (head.startsWith('@') && !/;\s*[^@;{}]*$/.test(head)) {
      at = blockEnd(text, open)
    } else {
      const end = text.indexOf('}', open)
      const said = text.slice(open + 1, end === -1 ? undefined : end)
      for (const selector of head.replace(/^@[^;]*;/, '').split(',')) addRule(sheet, selector.trim(), said)
      at = end === -1 ? text.length : end + 1
    }
  }
  return sheet
}

/** What the sheet says of an element, the more exact selector last. */
export function saidOf(sheet: Sheet, element: Named, around: readonly Named[]): Map<string, Declaration> {
  const said = new Map<string, Declaration>()
  const take = (key: string) => {
    for (const rule of sheet.get(key) ?? []) {
      if (!isMatch(element, rule.own) || !isAround(rule.around, around)) continue
      for (const [name, value] of rule.said) put(said, name, value)
    }
  }
  take('*')
  take(element.tag)
  for (const name of element.classes) take(`.${name}`)
  if (element.id !== '') take(`#${element.id}`)
  return said
}

function addRule(sheet: Map<string, Rule[]>, selector: string, css: string): void {
  const compounds = selector.split(/[\s>]+/).map(readCompound)
  const own = compounds.at(-1)
  if (!own || compounds.includes(null)) return
  const key = own.id !== '' ? `#${own.id}` : own.classes[0] !== undefined ? `.${own.classes[0]}` : own.tag
  const rules = sheet.get(key) ?? []
  const same = rules.find((rule) => rule.selector === selector)
  const said = readDeclarations(css)
  if (same) for (const [name, value] of said) put(same.said, name, value)
  else if (rules.length < MOST_OF_A_KEY) {
    const around = compounds.slice(0, -1).filter((compound) => compound !== null)
    sheet.set(key, [...rules, {selector, own, around, said}])
  }
}

function readCompound(text: string): Named | null {
  const [, tag = '*', rest = ''] = COMPOUND.exec(text) ?? [undefined, '']
  if (tag === '') return null
  const names = rest.match(/[.#][\w-]+/g) ?? []
  const of = (mark: string) => names.filter((name) => name.startsWith(mark)).map((name) => name.slice(1))
  return {tag: tag.toLowerCase(), id: of('#')[0] ?? '', classes: of('.')}
}

function isMatch(element: Named, {tag, id, classes}: Named): boolean {
  return (
    (tag === '*' || tag === element.tag) &&
    (id === '' || id === element.id) &&
    classes.every((name) => element.classes.includes(name))
  )
}

function isAround(wanted: readonly Named[], around: readonly Named[]): boolean {
  if (wanted.length === 0) return true
  const near = around.slice(-FARTHEST_AROUND)
  return wanted.every((compound) => near.some((element) => isMatch(element, compound)))
}

function blockEnd(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at + 1
  }
  return text.length
}
