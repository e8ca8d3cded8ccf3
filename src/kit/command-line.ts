import {EXIT, UserError} from './errors.js'

/** Only what a shell would act on outside quotes; inside double quotes it still substitutes commands. */
const SHELL_ONLY = new Set(['|', ';', '&', '<', '>', '(', ')', '`', '\n'])
const ESCAPED_IN_DOUBLE = new Set(['"', '\\', '$', '`', '\n'])

/** A command line as words, with quotes and backslashes as a shell reads them and nothing expanded; never run by one. */
export function splitCommand(text: string): string[] {
  const line = text.trim()
  const words: string[] = []
  let at = 0
  while (at < line.length) {
    if (isBlank(line[at])) {
      at++
      continue
    }
    const {word, end} = readWord(line, at)
    words.push(word)
    at = end
  }
  const [program] = words
  if (!program) throw badCommand(line, 'names no program')
  if (/^\w+=/.test(line)) throw needsShell(line, 'sets a variable first')
  return words
}

interface Part {
  readonly word: string
  /** Where the text goes on after it. */
  readonly end: number
}

function readWord(line: string, start: number): Part {
  let word = ''
  let at = start
  while (at < line.length && !isBlank(line[at])) {
    const part = readPart(line, at)
    word += part.word
    at = part.end
  }
  return {word, end: at}
}

function readPart(line: string, at: number): Part {
  const letter = line[at] ?? ''
  if (letter === "'") return readSingle(line, at)
  if (letter === '"') return readDouble(line, at)
  if (letter === '\\') return readEscaped(line, at)
  refuseShell(line, at)
  return {word: letter, end: at + 1}
}

function readSingle(line: string, start: number): Part {
  const end = line.indexOf("'", start + 1)
  if (end < 0) throw badCommand(line, "has a ' that never closes")
  return {word: line.slice(start + 1, end), end: end + 1}
}

function readDouble(line: string, start: number): Part {
  let word = ''
  for (let at = start + 1; at < line.length; at++) {
    const letter = line[at] ?? ''
    if (letter === '"') return {word, end: at + 1}
    if (letter === '`' || line.startsWith('$(', at)) throw needsShell(line, "asks for another command's output")
    if (letter === '\\' && ESCAPED_IN_DOUBLE.has(line[at + 1] ?? '')) {
      at++
      word += line[at] === '\n' ? '' : line[at]
    } else {
      word += letter
    }
  }
  throw badCommand(line, 'has a " that never closes')
}

function readEscaped(line: string, at: number): Part {
  const next = line[at + 1]
  if (next === undefined) throw badCommand(line, 'ends in a backslash')
  return {word: next === '\n' ? '' : next, end: at + 2}
}

function refuseShell(line: string, at: number): void {
  const letter = line[at] ?? ''
  if (SHELL_ONLY.has(letter)) throw needsShell(line, `uses ${JSON.stringify(letter)}`)
  if (line.startsWith('$(', at)) throw needsShell(line, 'uses "$("')
}

function isBlank(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\t'
}

function needsShell(line: string, why: string): UserError {
  return new UserError(
    `${JSON.stringify(line)} ${why}, which only a shell understands; programs are started without one.`,
    {
      code: 'NEEDS_SHELL',
      fix: ['Put it in a script and name the script.', `Or say so: sh -c '…'. Or quote the character.`],
      exit: EXIT.usage,
    },
  )
}

function badCommand(line: string, why: string): UserError {
  return new UserError(`${JSON.stringify(line)} ${why}.`, {
    code: 'BAD_COMMAND',
    fix: "Write it as for a shell: program 'an argument' another",
    exit: EXIT.usage,
  })
}
