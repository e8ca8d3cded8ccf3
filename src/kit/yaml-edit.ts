import {nodeAt, type YamlList, type YamlMap, type YamlNode, type YamlPath} from './yaml-tree.js'

/** A text whose tree is known: what an edit starts from. */
export interface YamlSource {
  readonly text: string
  readonly root: YamlNode
}

const PLAIN = /^[A-Za-z_][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*$/
const NOT_A_TEXT = /^(?:true|false|null|yes|no|on|off|y|n)$/i
/** What JSON leaves as it is and a terminal or YAML would not. */
const UNSEEN = /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** The text with one value changed or added; every line that isn't part of it stays byte for byte. */
export function setInText({text, root}: YamlSource, path: YamlPath, value: unknown): string {
  const step = path.at(-1)
  const known = nodeAt(root, path)
  if (known && step !== undefined) {
    return replaceNode(text, known, {formatted: formatYamlValue(value), mark: markBefore({text, root}, path)})
  }
  const parentPath = path.slice(0, -1)
  if (step === undefined) throw new TypeError('a YAML text can only be changed below its root')
  const parent = nodeAt(root, parentPath)
  if (!parent) return setInText({text, root}, parentPath, {[step]: value})
  if (parent.kind === 'map')
    return addEntry(text, parent, `${formatYamlValue(String(step))}: ${formatYamlValue(value)}`)
  if (parent.kind === 'list' && step === parent.items.length) return addItem(text, parent, formatYamlValue(value))
  if (parent.kind !== 'scalar' || parent.value !== null) throw new TypeError(`nothing can be added to ${parent.kind}`)
  if (parentPath.length === 0) return `${endLine(text)}${formatYamlValue(String(step))}: ${formatYamlValue(value)}\n`
  return setInText({text, root}, parentPath, {[step]: value})
}

/** The text without one key or item; null where it isn't there. */
export function deleteInText({text, root}: YamlSource, path: YamlPath): string | null {
  const parent = nodeAt(root, path.slice(0, -1))
  const spans = parent && childSpans(parent)
  const step = path.at(-1)
  const index =
    parent?.kind === 'map' ? parent.entries.findIndex(({key}) => key === String(step)) : Number(step ?? Number.NaN)
  const span = spans?.[index]
  if (!parent || !spans || !span) return null
  if (spans.length === 1 && (parent !== root || isFlow(parent))) {
    if (parent !== root) return setInText({text, root}, path.slice(0, -1), emptyOf(parent))
    return replaceNode(text, parent, {formatted: formatYamlValue(emptyOf(parent))})
  }
  if (isFlow(parent)) {
    const [from, to] =
      index + 1 < spans.length ? [span.start, spans[index + 1]?.start] : [spans[index - 1]?.end, span.end]
    return text.slice(0, from) + text.slice(to)
  }
  const from = lineStart(text, span.start)
  const before = text.slice(from, span.start)
  const to = lineEnd(text, trimEnd(text, span.start, span.end))
  if (/^\s*(?:-\s+)?$/.test(before) && (parent.kind === 'list' || before.trim() === '')) {
    return text.slice(0, from) + text.slice(to)
  }
  // A map that begins behind a dash: its second line moves up behind it.
  return text.slice(0, span.start) + text.slice(spans[index + 1]?.start ?? to)
}

/** One line of YAML for any plain value; texts that could be read as something else are quoted as JSON quotes them. */
export function formatYamlValue(value: unknown): string {
  if (typeof value === 'string') return PLAIN.test(value) && !NOT_A_TEXT.test(value) ? value : quote(value)
  if (Array.isArray(value)) return `[${value.map(formatYamlValue).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
    return `{${entries.map(([key, inner]) => `${formatYamlValue(key)}: ${formatYamlValue(inner)}`).join(', ')}}`
  }
  return JSON.stringify(value ?? null)
}

/** `mark` is where the `:` or `-` before a block ends: what replaces the block goes there, and a comment behind it stays. */
function replaceNode(
  text: string,
  node: YamlNode,
  {formatted, mark}: {formatted: string; mark?: number | undefined},
): string {
  if (node.isMarked) throw new TypeError('a value with an anchor or a tag is changed by hand only')
  const end = Math.max(trimEnd(text, node.start, node.end), node.start)
  const ownLine = text.slice(lineStart(text, node.start), node.start).trim() === ''
  if (mark !== undefined && (ownLine || node.start === node.end)) {
    const comment = text.slice(mark, Math.min(lineEnd(text, mark), node.start)).trimEnd()
    return `${text.slice(0, mark)} ${formatted}${comment}${text.slice(end)}`
  }
  return text.slice(0, node.start) + formatted + text.slice(end)
}

/** Where the `:` or the `-` before a value ends; undefined inside `{}` and `[]`, where values stand on their own. */
function markBefore({text, root}: YamlSource, path: YamlPath): number | undefined {
  const parent = nodeAt(root, path.slice(0, -1))
  if (parent?.kind === 'map') {
    const entry = parent.entries.find(({key}) => key === String(path.at(-1)))
    const colon = entry ? text.indexOf(':', entry.keyEnd) : -1
    return colon < 0 ? undefined : colon + 1
  }
  if (parent?.kind !== 'list' || parent.isFlow) return undefined
  const before = parent.items[Number(path.at(-1)) - 1]
  if (!before) return parent.start + 1
  const from = trimEnd(text, before.start, before.end)
  const dash = new RegExp(`^${indentOf(text, parent.start)}-`, 'm').exec(text.slice(from))
  return dash ? from + dash.index + dash[0].length : undefined
}

function addEntry(text: string, map: YamlMap, entry: string): string {
  const last = map.entries.at(-1)
  if (!last) return replaceNode(text, map, {formatted: `{${entry}}`})
  const end = trimEnd(text, last.keyStart, Math.max(last.value.end, last.keyEnd))
  if (map.isFlow)
    return `${text.slice(0, Math.max(end, last.keyEnd))}, ${entry}${text.slice(Math.max(end, last.keyEnd))}`
  return insertLine(text, end, indentOf(text, map.entries[0]?.keyStart ?? map.start) + entry)
}

function addItem(text: string, list: YamlList, item: string): string {
  const [first] = list.items
  const last = list.items.at(-1)
  if (!first || !last) return replaceNode(text, list, {formatted: `[${item}]`})
  const end = trimEnd(text, last.start, last.end)
  if (list.isFlow) return `${text.slice(0, end)}, ${item}${text.slice(end)}`
  return insertLine(text, end, `${indentOf(text, list.start)}- ${item}`)
}

function insertLine(text: string, after: number, line: string): string {
  const at = lineEnd(text, after)
  return `${endLine(text.slice(0, at))}${line}\n${text.slice(at)}`
}

function childSpans(node: YamlNode): readonly {start: number; end: number}[] | undefined {
  if (node.kind === 'list') return node.items
  if (node.kind !== 'map') return undefined
  return node.entries.map((entry) => ({start: entry.keyStart, end: Math.max(entry.keyEnd, entry.value.end)}))
}

function isFlow(node: YamlNode): boolean {
  return (node.kind === 'map' || node.kind === 'list') && node.isFlow
}

function emptyOf(node: YamlNode): unknown {
  return node.kind === 'list' ? [] : {}
}

/** The blanks that bring a new line to the column of `offset`. */
function indentOf(text: string, offset: number): string {
  return ' '.repeat(offset - lineStart(text, offset))
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}

function trimEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length
}

function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

function quote(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
