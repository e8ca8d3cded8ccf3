import {anyOf, every, is, like, not} from './cedar-words.js'

const NEEDS_SHELL = anyOf([like('target', '*;*'), like('target', '*$(*')])
const FORCES = anyOf([like('target', '* -f*'), like('target', '* --force*')])

/** A contract's command: whole words at the beginning; git is never forced, and a shell's line covered by nothing. */
export function commandOf(prefix: string): string {
  const begins = anyOf([is('target', prefix), like('target', `${prefix} *`)])
  return every([begins, not(NEEDS_SHELL), ...(prefix.startsWith('git ') ? [not(FORCES)] : [])])
}

/** How each beginning of a guardrail shows among the commands that are drawn. */
const SHOWN: Readonly<Record<string, string>> = {
  'gh auth token': anyOf([
    ...['gh auth token', 'sudo gh auth token', '/usr/bin/gh auth token'].map((line) => is('target', line)),
    ...['sudo /usr/bin/gh auth token', '*; gh auth token', '*$(gh auth token)'].map((line) => like('target', line)),
  ]),
  'rm -r': every([
    anyOf([like('target', 'rm *'), like('target', 'sudo rm *')]),
    anyOf([like('target', '* -r'), like('target', '* -r *'), like('target', '* -rf *')]),
  ]),
  'kubectl apply': anyOf([like('target', 'kubectl apply *'), like('target', 'kubectl -n shop apply *')]),
  'git push origin main': anyOf([is('target', 'git push origin main'), is('target', 'git push --force origin main')]),
  'npm publish': is('target', 'npm publish'),
}

export function beginOf(begin: string): string {
  const shown = SHOWN[begin]
  if (shown === undefined) throw new Error(`nobody has written down how ${begin} shows`)
  return shown
}

/** Words that lead out of a folder, beside absolute paths. */
export const LEADS_OUT = [like('target', '* ../*'), like('target', '* ~*')]
