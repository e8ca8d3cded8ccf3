/** A command line that can't be judged beforehand, and why; caught where the reading began. */
export class Unclear extends Error {}

/** A piece of a command line as it is shown to people. */
export function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 57)}…` : line)
}
