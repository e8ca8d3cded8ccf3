import {clean, cleanLine} from '../../kit/text.js'

/**
 * What a person decides by, at a terminal and in a chat: one argument a line; longer texts keep their own lines, each
 * behind a bar, so that none can pass for ours.
 */
export function argumentLines(value: unknown, indent: string): string[] {
  if (typeof value !== 'object' || value === null) return [`${indent}${scalar(value)}`]
  const entries = Array.isArray(value)
    ? value.map((item, place) => [String(place + 1), item] as const)
    : Object.entries(value)
  if (entries.length === 0) return [`${indent}${Array.isArray(value) ? '[]' : '{}'}`]
  return entries.flatMap(([key, inner]) => {
    const name = `${indent}${cleanLine(key)}:`
    if (typeof inner === 'object' && inner !== null) return [name, ...argumentLines(inner, `${indent}  `)]
    if (typeof inner !== 'string' || !inner.includes('\n')) return [`${name} ${scalar(inner)}`]
    const lines = clean(inner).split('\n')
    return [name, ...lines.map((line) => `${indent}  | ${line}`)]
  })
}

function scalar(value: unknown): string {
  return clean(typeof value === 'string' ? value : JSON.stringify(value))
}
