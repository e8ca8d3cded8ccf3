/** About how many tokens a text costs, by the same rule as a turn's own estimate, which stands on a higher floor. */
export function tokensOf(text: string): number {
  let quarters = 0
  for (const letter of text) quarters += (letter.codePointAt(0) ?? 0) < 0x800 ? 1 : 4
  return Math.ceil(quarters / 4)
}
