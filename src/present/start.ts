import path from 'node:path'
import type {Started} from '../app/start/start.js'
import {cleanLine} from '../kit/text.js'
import {presentAdopted} from './adopt.js'
import {presentHeartbeat} from './heartbeat.js'

/** A beginning: what was made, what lies around, what the first heartbeat found, and three things to do next. */
export function presentStarted(started: Started & {readonly schedule: string}, cwd: string): string {
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
    ...nextSteps({home, agents, schedule}, cwd),
  ].join('\n')
}

function nextSteps(
  {home, agents, schedule}: {home: string; agents: readonly string[]; schedule: string},
  cwd: string,
): string[] {
  const where = path.relative(cwd, home)
  const [first = 'NAME'] = agents
  const steps = [
    [`${where === '' ? '' : `cd ${quoted(where)} && `}mcos status`, 'everybody at a glance'],
    [`mcos heartbeat ${first} --dry-run`, 'what is looked at, when, and from which line'],
    [`$EDITOR workspaces/${first}/HEARTBEAT.md`, 'what it checks: headings are checks; then mcos commit'],
    ...(schedule === 'none'
      ? [[`*/30 * * * * cd ${quoted(home)} && mcos heartbeat`, 'this line in `crontab -e` lets it beat by itself']]
      : []),
  ]
  return ['Next:', ...steps.flatMap(([typed, what]) => [`  ${typed}`, `      ${what}`])]
}

/** A path as a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
