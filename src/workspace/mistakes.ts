/** One thing that an agent's GUARDRAILS.md says never to repeat. */
export interface Mistake {
  readonly text: string
  readonly line: number
}

/** More than this and nobody reads them. */
export const MOST_MISTAKES = 15

/** The entries of an agent's GUARDRAILS.md: its bullets and numbered items, or its sections where it has none. */
export function parseMistakes(source: string): Mistake[] {
  const all = source.split('\n').map((line, index) => ({text: line.trimEnd(), line: index + 1}))
  const pick = (form: RegExp): Mistake[] =>
    all.flatMap(({text: line, line: number}) => {
      const found = form.exec(line)?.[1]
      return found ? [{text: found, line: number}] : []
    })
  const items = pick(/^(?:[-*+]|\d{1,3}[.)])\s+(.+)$/)
  return items.length > 0 ? items : pick(/^#{2,6}\s+(.+)$/)
}
