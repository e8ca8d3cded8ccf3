import path from 'node:path'
import {shellWord} from '../kit/shell-word.js'

/** A command as it is typed, and what it is for. */
export type Step = readonly [typed: string, what: string]

/** What to do next, each step in two lines, so that the first can be copied whole. */
export function formatSteps(steps: readonly Step[]): string {
  return ['Next:', ...steps.flatMap(([typed, what]) => [`  ${typed}`, `      ${what}`])].join('\n')
}

/** A command that is to be typed in a fleet's home, with the way there from here. */
export function typedIn(home: string, cwd: string, command: string): string {
  const relative = path.relative(cwd, home)
  if (relative === '') return command
  return `cd ${shellWord(relative.length < home.length ? relative : home)} && ${command}`
}
