import {mayDo} from '../../guard/contract.js'
import {clean, cleanLine} from '../../kit/text.js'
import type {AlertLevel} from '../../workspace/soul.js'
import {BadCall, optionalTextOf, type Tool, type ToolContext, textOf} from '../tool.js'
import {oneOf, textsOf} from './input.js'
import {newRecord, recordTime} from './record-folder.js'
import {refuseSecrets} from './secrets.js'

const LEVELS = ['P0', 'P1', 'P2', 'P3'] as const satisfies readonly AlertLevel[]

/** An alert: P3 is the agent's own note, anything above it a hypothesis until others confirm it. */
export const raiseAlertTool: Tool = {
  name: 'alert_raise',
  description: 'Raise an alert: P3 a note, above it a claim that others check.',
  takes: {
    level: {enum: LEVELS},
    title: {type: 'string'},
    evidence: {type: 'array', items: {type: 'string'}},
    'since?': {type: 'string', description: 'ISO time'},
  },
  isOffered: ({contract}) => LEVELS.some((level) => mayDo(contract, `alert.${level}`)),
  verbOf: (input) => `alert.${levelOf(input)}`,
  targetOf: (input) => textOf(input, 'title'),
  async perform(input, context) {
    const {formatAlert, parseAlert} = await import('../../workspace/alert-file.js')
    const {fleet, agent} = context
    const [level, title] = [levelOf(input), cleanLine(textOf(input, 'title'))]
    const evidence = textsOf(input, 'evidence').map(cleanLine)
    if (evidence.length === 0 && level !== 'P3') throw new BadCall(`${level} needs evidence: what was seen, and where`)
    const {id, folder} = newRecord(fleet.clock, {under: 'alerts', title})
    const [at, since] = [recordTime(fleet.clock), sinceOf(input, context)]
    const content = formatAlert({id, at, by: agent.name, title, level, evidence, since, body: '', unknown: []})
    refuseSecrets([title, ...evidence].join('\n'), fleet)
    const path = `${folder}/alert.md`
    parseAlert(content, path)
    const standing = level === 'P3' ? 'noted' : 'a hypothesis until it is confirmed'
    return {
      text: `${id}: ${standing}`,
      changes: [{kind: 'write', path, content, expect: null}],
      line: `alert ${id} ${level}, ${standing}: ${clean(title)}`,
      messages: [],
    }
  },
}

function levelOf(input: Readonly<Record<string, unknown>>): AlertLevel {
  const level = oneOf(input, 'level', LEVELS)
  if (level === null) throw new BadCall(`"level" has to be one of ${LEVELS.join(', ')}`)
  return level
}

/** What is said of time is held against the clock: nothing has been so since tomorrow. */
function sinceOf(input: Readonly<Record<string, unknown>>, {fleet}: ToolContext): string | null {
  const text = optionalTextOf(input, 'since')
  if (text === null) return null
  const time = Date.parse(text)
  if (Number.isNaN(time) || !/^\d{4}-\d\d-\d\dT/.test(text)) {
    throw new BadCall('"since" has to be a time such as 2026-11-21T08:30:00Z')
  }
  const now = fleet.clock.now()
  if (time > now) throw new BadCall(`"since" lies ahead: it is ${new Date(now).toISOString()} now`)
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
}
