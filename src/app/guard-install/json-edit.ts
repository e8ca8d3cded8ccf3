import {isRecord} from '../../kit/is-record.js'
import {type JsonNode, type JsonProperty, skipBlanks} from './json-text.js'

/** One stretch of a text that becomes another. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Adds an element behind the last one of a list, or a property (`key`) behind the last one of an object. */
export function addMember(text: string, container: JsonNode, member: {key?: string; value: unknown}): string {
  const {newline, unit} = styleOf(text)
  const members = membersOf(container)
  const last = members.at(-1)
  const isOneLine = last !== undefined && !text.slice(container.start, container.end).includes('\n')
  const indent = isOneLine ? '' : (indentOf(text, container, last) ?? indentAt(text, container.start) + unit)
  const json = isOneLine ? spaced(member.value) : JSON.stringify(member.value, null, unit)
  const name = member.key === undefined ? '' : `${JSON.stringify(member.key)}: `
  const lines = json.split('\n').join(newline + indent)
  const before = isOneLine ? ' ' : newline + indent
  if (last === undefined) {
    const close = newline + indentAt(text, container.start)
    return apply(text, [{start: container.start + 1, end: container.end - 1, text: `${before}${name}${lines}${close}`}])
  }
  const behind = endOfNotes(text, last.end, container.end - 1)
  const notes = text.slice(last.end, behind)
  return apply(text, [{start: last.end, end: behind, text: `,${notes}${before}${name}${lines}`}])
}

/** Takes members out of a list or an object, with the comma and the blanks that came with each. */
export function removeMembers(text: string, container: JsonNode, gone: readonly (JsonNode | JsonProperty)[]): string {
  const members = membersOf(container)
  const kept = members.filter((member) => !gone.includes(member))
  if (kept.length === 0) return apply(text, [{start: container.start + 1, end: container.end - 1, text: ''}])
  const edits = gone.flatMap((member): Edit[] => {
    const index = members.indexOf(member)
    const before = members[index - 1]
    const next = members[index + 1]
    if (next !== undefined && members.slice(0, index).every((other) => gone.includes(other)))
      return [{start: member.start, end: next.start, text: ''}]
    if (before === undefined) return []
    const comma = skipBlanks(text, before.end)
    const behind = endOfNotes(text, before.end, member.start)
    // The comma goes, and so does everything behind the last note that is not the member's own.
    return [
      {start: comma, end: comma + 1, text: ''},
      {start: behind, end: member.end, text: ''},
    ]
  })
  return apply(text, edits)
}

function membersOf({properties, elements}: JsonNode): readonly (JsonNode | JsonProperty)[] {
  return properties.length > 0 ? properties : elements
}

function apply(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((one, other) => other.start - one.start)
    .reduce((rest, edit) => rest.slice(0, edit.start) + edit.text + rest.slice(edit.end), text)
}

/** Behind the last comment (or comma) from `from` on; `from` itself where only blanks follow. */
function endOfNotes(text: string, from: number, until: number): number {
  let end = from
  for (let at = from; at < until; ) {
    const rest = text.slice(at, until)
    const note = /^(?:,|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/.exec(rest)?.[0]
    if (note === undefined && !/^\s/.test(rest)) break
    at += note?.length ?? 1
    if (note !== undefined) end = at
  }
  return end
}

/** Of the line on which the last member begins, where it is the first thing there; null: it shares its line. */
function indentOf(text: string, container: JsonNode, last: {readonly start: number} | undefined): string | null {
  if (last === undefined || text.lastIndexOf('\n', last.start) < container.start) return null
  return indentAt(text, last.start)
}

function indentAt(text: string, at: number): string {
  const line = text.lastIndexOf('\n', at - 1) + 1
  return /^[\t ]*/.exec(text.slice(line, at))?.[0] ?? ''
}

function styleOf(text: string): {newline: string; unit: string} {
  const first = skipBlanks(text, 0)
  const unit = /\n([\t ]+)"/.exec(text.slice(first))?.[1] ?? '  '
  return {newline: text.includes('\r\n') ? '\r\n' : '\n', unit}
}

/** One line, with a blank where people put one. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (!isRecord(value)) return JSON.stringify(value)
  const parts = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`)
  return `{${parts.join(', ')}}`
}
