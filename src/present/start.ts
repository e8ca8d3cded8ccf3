import path from 'node:path'
import type {Scheduled} from '../app/start/schedule-fleet.js'
import type {Started} from '../app/start/start.js'
import {shellWord} from '../kit/shell-word.js'
import {cleanLine} from '../kit/text.js'
import {presentAdopted} from './adopt.js'
import {presentHeartbeat} from './heartbeat.js'

/** A beginning: what was made, what lies around, what the first heartbeat found, and three things to do next. */
export function presentStarted(started: Started & {readonly schedule: Scheduled}, cwd: string): string {
  const {fleet, home, agents, engine, adopted, look, beat, commit, schedule} = started
  const open = look.filter((fact) => fact.open).length
  return [
    ...(adopted === null ? [] : [presentAdopted(adopted), '']),
    `${fleet} is a fleet in ${home}, with ${agents.join(', ')}; ${engine === 'rules' ? 'the rules decide, no model is asked' : `${engine} is asked`}.${commit === null ? '' : ` Commit ${commit.slice(0, 7)}.`}`,
    '',
    open === 0 ? 'A first look around:' : `A first look around, with ${open} ${open === 1 ? 'thing' : 'things'} open:`,
    ...look.map((fact) => `  ${fact.open ? '!' : '='} ${cleanLine(fact.about)}: ${cleanLine(fact.text)}`),
    '',
    'The first heartbeat:',
    ...presentHeartbeat({fleet, host: '', at: '', agents: beat})
      .split('\n')
      .map((line) => `  ${line}`),
    '',
    ...presentSchedule(schedule),
    ...nextSteps({home, agents, adopted, schedule}, cwd),
  ].join('\n')
}

function nextSteps(
  {home, agents, adopted, schedule}: Pick<Started, 'home' | 'agents' | 'adopted'> & {readonly schedule: Scheduled},
  cwd: string,
): string[] {
  const where = path.relative(cwd, home)
  const [first = 'NAME'] = agents
  const steps = [
    [`${where === '' ? '' : `cd ${shellWord(where)} && `}mcos status`, 'everybody at a glance'],
    [`mcos heartbeat ${first} --dry-run`, 'what is looked at, when, and from which line'],
    [
      `$EDITOR ${adopted?.path === '.' ? '' : `workspaces/${first}/`}HEARTBEAT.md`,
      'what it checks: headings are checks; then mcos commit',
    ],
    ...(schedule.kind === 'none'
      ? [['mcos service install --dry-run', 'what would start a heartbeat every 30 minutes']]
      : []),
  ]
  return ['Next:', ...steps.flatMap(([typed, what]) => [`  ${typed}`, `      ${what}`])]
}

function presentSchedule({kind, installed, warnings}: Scheduled): string[] {
  if (kind === 'none') return []
  const what = installed
    ? `${kind} starts a heartbeat every 30 minutes. When next: mcos service show`
    : `${kind} starts nothing yet. Once that is put right: mcos service install --${kind}`
  return [what, ...warnings.flatMap(({message, fix}) => [`  ${cleanLine(message)}`, `    ${cleanLine(fix)}`]), '']
}
