import {splitCommand} from '../kit/command-line.js'
import {refusesGit} from './git-words.js'

/** Whether an argv prefix such as `npm test` covers a command line; words are compared whole. */
export function coversCommand(prefix: string, commandLine: string): boolean {
  const [wanted, words] = [split(prefix), split(commandLine)]
  if (!wanted || !words || wanted.length === 0 || wanted.length > words.length) return false
  if (!wanted.every((word, place) => words[place] === word)) return false
  if (!/(?:^|\/)git$/.test(words[0] ?? '')) return true
  return !refusesGit(words.slice(wanted.length), wanted.slice(1))
}

function split(text: string): string[] | null {
  try {
    return splitCommand(text)
  } catch {
    // What needs a shell is no plain command, and no prefix covers it.
    return null
  }
}
