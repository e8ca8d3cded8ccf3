/** What a style says, by property; in lower case, escapes read. */
export type Declarations = ReadonlyMap<string, Declaration>

export interface Declaration {
  readonly value: string
  readonly isImportant: boolean
}

const MOST = 200
const LONGEST_VALUE = 300

/** Reads `name: value; …` of a style attribute or of a rule. */
export function readDeclarations(css: string): Map<string, Declaration> {
  const found = new Map<string, Declaration>()
  for (const part of unescapeCss(withoutComments(css)).toLowerCase().split(';', MOST)) {
    const colon = part.indexOf(':')
    if (colon === -1) continue
    const said = part.slice(colon + 1, colon + LONGEST_VALUE).trim()
    const isImportant = /!\s*important$/.test(said)
    put(found, part.slice(0, colon).trim(), {
      value: isImportant ? said.replace(/\s*!\s*important$/, '') : said,
      isImportant,
    })
  }
  return found
}

/** A later declaration replaces an earlier one, unless only that one is important. */
export function put(into: Map<string, Declaration>, name: string, said: Declaration): void {
  if (said.isImportant || !into.get(name)?.isImportant) into.set(name, said)
}

export function withoutComments(css: string): string {
  let out = ''
  let from = 0
  for (let at = css.indexOf('/*'); at !== -1; at = css.indexOf('/*', from)) {
    out += css.slice(from, at)
    const end = css.indexOf('*/', at + 2)
    if (end === -1) return out
    from = end + 2
  }
  return out + css.slice(from)
}

function unescapeCss(css: string): string {
  if (!css.includes('\\')) return css
  return css.replace(/\\(?:([0-9a-f]{1,6})\s?|(.))/gi, (_, code?: string, letter?: string) => {
    const point = Number.parseInt(code ?? '', 16)
    return code === undefined ? (letter ?? '') : point > 0x10ffff ? '' : String.fromCodePoint(point)
  })
}
