import {openFleet} from '../app/fleet.js'
import {isPerson} from '../cli/is-person.js'
import {isTerminal, quickOut, quickPrint, STDOUT} from '../cli/quick-output.js'
import {parseStatusLine, type StatusLine} from '../cli/status-arguments.js'
import type {Fleet} from '../workspace/fleet.js'

const STDIN = 0

/**
 * `mcos status` without oclif: whoever looks wants to see. Shows and exits as the command does; false when the line holds
 * something only oclif can explain.
 */
export async function enter(argv: readonly string[]): Promise<boolean> {
  const line = parseStatusLine(argv)
  if (line === null) return false
  try {
    await show(line)
  } catch (error) {
    const {tellFailure} = await import('../cli/tell-failure.js')
    tellFailure(error, {json: line.json, help: 'mcos status --help'})
  }
  return true
}

async function show({plain, json, ...place}: StatusLine): Promise<void> {
  const open = () => openFleet({...place, cwd: process.cwd(), env: process.env})
  if (!plain && !json && hasScreen()) {
    process.exitCode = await showScreen(open, process.argv[1] ?? 'mcos')
    return
  }
  const [{statusOf}, fleet] = await Promise.all([import('../app/status.js'), open()])
  const report = await statusOf(fleet)
  if (json) quickOut(`${(await import('../cli/output.js')).formatJson(report)}\n`)
  else quickPrint((await import('../present/status.js')).presentStatus(report))
}

/** Both ends: what is typed must reach the screen. A terminal without a cursor, or a build's, gets the table. */
export function hasScreen(): boolean {
  const {CI, TERM} = process.env
  return isTerminal(STDOUT) && isTerminal(STDIN) && TERM !== 'dumb' && !CI
}

/** The screen until the person leaves it, which answers with the exit code; `program` is what a beat is started as. */
export async function showScreen(open: () => Promise<Fleet>, program: string): Promise<number> {
  const [{runStatusScreen}, {answerOldest, beatAsChild, tellOutcome}] = await Promise.all([
    import('../tui/status/run-status-screen.js'),
    import('../cli/status-hands.js'),
  ])
  let fleet = await open()
  return runStatusScreen(fleet, {
    reopen: async () => {
      fleet = await open()
      return fleet
    },
    hands: {
      beat: (agent, signal) => beatAsChild(fleet, {agent, program, signal}),
      answer: (agent, answer) => answerOldest(fleet, {agent, answer}),
      tell: tellOutcome,
    },
    isAgent: !isPerson(process.env),
    hasColor: !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
  })
}
