import {splitCommand} from '../kit/command-line.js'

/** Options of git that run programs, change its settings or overwrite others' work; no prefix opens them. */
const GIT_REFUSED =
  /^(-c|-C|--config-env|--exec-path|--git-dir|--work-tree|--upload-pack|--receive-pack|--exec|--force.*|-[a-zA-Z]*f[a-zA-Z]*)(=|$)|^\+/

/** Whether an argv prefix such as `npm test` covers a command line; words are compared whole. */
export function coversCommand(prefix: string, commandLine: string): boolean {
  const [wanted, words] = [split(prefix), split(commandLine)]
  if (!wanted || !words || wanted.length === 0 || wanted.length > words.length) return false
  if (!wanted.every((word, place) => words[place] === word)) return false
  return words[0] !== 'git' || !words.slice(wanted.length).some((word) => GIT_REFUSED.test(word))
}

function split(text: string): string[] | null {
  try {
    return splitCommand(text)
  } catch {
    // What needs a shell is no plain command, and no prefix covers it.
    return null
  }
}
