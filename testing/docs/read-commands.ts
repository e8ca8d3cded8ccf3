import type {Block} from './read-page.js'

/** One command of a shell example, with the output that is shown below it. */
export interface Command {
  readonly line: number
  readonly text: string
  readonly shown: readonly string[]
}

const SHELLS = new Set(['', 'sh', 'bash', 'console', 'shell'])
const PROGRAMS =
  /^(?:mcos|npm|npx|cd|export|git|printf|echo|cat|pass|rm|ls|mkdir|touch|crontab|claude|codex|gemini|source|eval|[A-Z_]+=\S)/
const CRON = /^((?:[\d*/,-]+\s+){5})(?=\S)/

/** A block that is to be run: no language, or a shell's. */
export function isShell({language}: Block): boolean {
  return SHELLS.has(language)
}

/** What a reader would type, in its order. A block that holds anything else wants another language, such as `text`. */
export function readCommands({page, line, text}: Block): Command[] {
  const lines = text.split('\n')
  const commands = lines.some((each) => each.startsWith('$ ')) ? readSession(lines, line) : readList(lines, line)
  for (const command of commands) {
    if (PROGRAMS.test(command.text)) continue
    throw new Error(
      `${page}:${command.line}: no command that a reader would type ("text" is the language for what is only shown)`,
    )
  }
  return commands
}

/** The five fields of a crontab's line, where it is one. */
export function cronFieldsOf(text: string): string | null {
  return CRON.exec(text)?.[1]?.trim() ?? null
}

function readSession(lines: readonly string[], first: number): Command[] {
  const commands: {line: number; text: string; shown: string[]}[] = []
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('$ ')) commands.push({line: first + index, text: line.slice(2).trim(), shown: []})
    else commands.at(-1)?.shown.push(line)
  }
  return commands
}

function readList(lines: readonly string[], first: number): Command[] {
  const commands: Command[] = []
  let begun = ''
  for (const [index, line] of lines.entries()) {
    const text = `${begun}${line.trim()}`
    begun = text.endsWith('\\') ? `${text.slice(0, -1)} ` : ''
    if (begun !== '' || text === '' || text.startsWith('#')) continue
    commands.push({line: first + index, text: text.replace(CRON, ''), shown: []})
  }
  return commands
}
