import type {Prompt, Step} from '../../engines/prompt.js'
import {shorten} from '../../kit/text.js'

/** One thing that came out otherwise than it was recorded. */
export interface Difference {
  /** A request by its number, a path from the home, the log, or the end. */
  readonly what: string
  readonly detail: string
}

const ULID = /\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/g
const MOMENTS = /\b\d{8}T\d{6}Z|\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g
const SIGNATURE = /^sig: .*$/gm

/** Byte for byte, but for ids that are made anew each time: those only have to be as many, in the same places. */
export function comparePrompts(what: string, before: Prompt, now: Prompt): Difference[] {
  const one = piecesOf(before)
  const other = piecesOf(now)
  const names = [...new Set([...one.keys(), ...other.keys()])]
  const name = names.find((key) => steady(one.get(key) ?? '') !== steady(other.get(key) ?? ''))
  if (name === undefined) return []
  return [{what, detail: `${name}: ${firstDifference(steady(one.get(name) ?? ''), steady(other.get(name) ?? ''))}`}]
}

/** A file as it was committed and as it is now; moments and signatures are of their time. */
export function compareFiles(path: string, before: string | null, now: string | null): Difference[] {
  const one = before === null ? null : timeless(before)
  const other = now === null ? null : timeless(now)
  if (one === other) return []
  if (one === null) return [{what: path, detail: 'is changed now, and was not'}]
  if (other === null) return [{what: path, detail: 'was changed, and is not now'}]
  return [{what: path, detail: firstDifference(one, other)}]
}

/** Names that hold ids and moments, made comparable. */
export function timelessName(path: string): string {
  return path.replace(ULID, '<id>').replace(MOMENTS, '<time>')
}

/** The first line that differs, from both sides. */
export function firstDifference(before: string, now: string): string {
  const one = before.split('\n')
  const other = now.split('\n')
  const at = Math.max(
    one.findIndex((line, index) => line !== other[index]),
    0,
  )
  const index = one[at] === other[at] ? Math.min(one.length, other.length) : at
  const show = (line: string | undefined) => (line === undefined ? 'nothing' : JSON.stringify(shorten(line, 120)))
  return `line ${index + 1} was ${show(one[index])}, is ${show(other[index])}`
}

function piecesOf({tools, prefix, steps, maxOutput, keep}: Prompt): Map<string, string> {
  return new Map([
    ['tools', JSON.stringify(tools, null, 1)],
    ['prefix', prefix],
    ['the longest answer', String(maxOutput)],
    ['cache marks', JSON.stringify(keep)],
    ...steps.map((step, index): [string, string] => [`step ${index + 1}`, textOf(step)]),
  ])
}

function textOf(step: Step): string {
  if (step.kind === 'prompt') return step.text
  return step.kind === 'results'
    ? step.results.map(({tool, text}) => `${tool}: ${text}`).join('\n')
    : JSON.stringify(step)
}

/** Ids by the order in which they come up. */
function steady(text: string): string {
  const seen = new Map<string, string>()
  return text.replace(ULID, (id) => {
    const name = seen.get(id) ?? `<id ${seen.size + 1}>`
    seen.set(id, name)
    return name
  })
}

function timeless(text: string): string {
  return steady(text).replace(MOMENTS, '<time>').replace(SIGNATURE, 'sig: <signature>')
}
