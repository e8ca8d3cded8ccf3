import type {Scheduled} from '../app/start/schedule-fleet.js'
import type {Started} from '../app/start/start.js'
import {cleanLine} from '../kit/text.js'
import {adoptedSteps, describeAdopted} from './adopt.js'
import {presentHeartbeat} from './heartbeat.js'
import {formatSteps, type Step, typedIn} from './next-steps.js'

type Beginning = Started & {readonly schedule: Scheduled}

/** A beginning: what was made, what lies around, what the first heartbeat found, and a few things to do next. */
export function presentStarted(started: Beginning): string {
  const {fleet, home, agents, adopted, look, beat, schedule} = started
  const open = look.filter((fact) => fact.open).length
  const made = `${fleet} is a fleet in ${home}, with ${agents.join(', ')}; ${whoThinks(started)}`
  return [
    made,
    ...(adopted === null ? [] : ['', describeAdopted(adopted)]),
    '',
    open === 0 ? 'A first look around:' : `A first look around, with ${open} ${open === 1 ? 'thing' : 'things'} open:`,
    ...look.map((fact) => `  ${fact.open ? '!' : '='} ${cleanLine(fact.about)}: ${cleanLine(fact.text)}`),
    '',
    'The first heartbeat:',
    ...presentHeartbeat({fleet, host: '', at: '', agents: beat})
      .split('\n')
      .map((line) => `  ${line}`),
    ...presentSchedule(schedule),
  ].join('\n')
}

function whoThinks({engine, adopted, commit}: Beginning): string {
  const who = engine === 'rules' ? 'the rules decide, no model is asked' : `${engine} is asked`
  // What was adopted names the commit itself.
  return commit === null || adopted !== null ? `${who}.` : `${who}. Commit ${commit.slice(0, 7)}.`
}

/** The steps after a beginning, each as it is typed; they stay whole on a narrow terminal, where prose does not. */
export function presentFirstSteps({home, agents, adopted, schedule}: Beginning, cwd: string): string {
  const [first = 'NAME'] = agents
  const own: readonly Step[] =
    adopted === null
      ? [
          [`mcos heartbeat ${first} --dry-run`, 'what is looked at, when, and from which line'],
          [`$EDITOR workspaces/${first}/HEARTBEAT.md`, 'what it checks: headings are checks; then mcos commit'],
        ]
      : adoptedSteps(adopted)
  return formatSteps([
    [typedIn(home, cwd, 'mcos status'), 'everybody at a glance'],
    ...own,
    ...(schedule.kind === 'none'
      ? ([['mcos service install --dry-run', 'what would start a heartbeat every 30 minutes']] as const)
      : []),
  ])
}

function presentSchedule({kind, installed, warnings}: Scheduled): string[] {
  if (kind === 'none') return []
  const what = installed
    ? `${kind} starts a heartbeat every 30 minutes. When next: mcos service show`
    : `${kind} starts nothing yet. Once that is put right: mcos service install --${kind}`
  return ['', what, ...warnings.flatMap(({message, fix}) => [`  ${cleanLine(message)}`, `    ${cleanLine(fix)}`])]
}
