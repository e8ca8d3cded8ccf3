import type {Fleet} from '../workspace/fleet.js'
import {type Checkup, count, editCommand, type Trouble} from '../workspace/health.js'
import type {HeartbeatWarning} from './check.js'
import {findMisreadings} from './misreadings.js'
import {type AgentHeartbeat, readHeartbeats} from './read-heartbeats.js'

const heartbeats: Checkup = {
  id: 'heartbeats',
  title: 'Every agent has a HEARTBEAT.md that can be read',
  means: 'Without it an agent is never woken.',
  async examine(fleet) {
    const all = await readHeartbeats(fleet)
    const troubles = all.flatMap(({agent, file, heartbeat, error}): Trouble[] => {
      if (error) return [{status: 'fail', detail: error.message, fix: error.suggestions[0] ?? editCommand(file)}]
      if (heartbeat === null)
        return [{status: 'warn', detail: `${agent.name} has no ${file}: it is never woken`, fix: editCommand(file)}]
      const checks = heartbeat.checks.filter(({kind}) => kind === 'check')
      if (checks.length === 0 || checks.some(({off}) => !off)) return []
      const detail = `${file}: every check is off (ticked, struck out or disabled): ${agent.name} looks at nothing`
      return [{status: 'warn', detail, fix: editCommand(file)}]
    })
    const sections = all.reduce((sum, {heartbeat}) => sum + (heartbeat?.checks.length ?? 0), 0)
    return {seen: `${count(all.length, 'file')}, ${count(sections, 'section')}`, troubles}
  },
}

const cadences: Checkup = {
  id: 'cadences',
  title: 'No cadence had to be guessed',
  means: 'mcos guessed how often you meant; a guess may be wrong by a day.',
  async examine(fleet) {
    const all = await readHeartbeats(fleet)
    const troubles = all.flatMap(({file, heartbeat}) =>
      (heartbeat?.checks ?? []).flatMap(({line, title, guess}): Trouble[] => {
        if (guess === null) return []
        return [{status: 'warn', detail: `${file}:${line}: "${title}": ${guess}`, fix: editCommand(file)}]
      }),
    )
    return {seen: 'every cadence is certain', troubles}
  },
}

const oddities: Checkup = {
  id: 'heartbeat-text',
  title: 'Nothing in a HEARTBEAT.md was read otherwise than it may be meant',
  means: 'What you wrote may be read as something else than you meant.',
  async examine(fleet) {
    const all = await readHeartbeats(fleet)
    const troubles = all.flatMap(({file, heartbeat}) =>
      warningsOf(fleet, {file, heartbeat}).map(({line, message}): Trouble => {
        return {status: 'warn', detail: `${file}:${line}: ${message}`, fix: editCommand(file)}
      }),
    )
    return {seen: 'no warning', troubles}
  },
}

/** Those of the reader, and what only a second look at the text tells. */
function warningsOf(
  {home, clock}: Fleet,
  {file, heartbeat}: Pick<AgentHeartbeat, 'file' | 'heartbeat'>,
): readonly HeartbeatWarning[] {
  if (heartbeat === null) return []
  const facts = {heartbeat, now: clock.now(), zone: home.config.timezone}
  return [...heartbeat.warnings, ...findMisreadings(home.files.readText(file) ?? '', facts)]
}

/** What the HEARTBEAT.md files tell by themselves. */
export const SCHEDULE_CHECKUPS: readonly Checkup[] = [heartbeats, cadences, oddities]
