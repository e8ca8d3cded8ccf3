import {shellWord} from '../kit/shell-word.js'
import {type AgentEntry, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {type Checkup, count, type Trouble} from '../workspace/health.js'
import {type Box, listBox} from './boxes.js'

const waiting: Checkup = {
  id: 'mail-waiting',
  title: 'No message waits for a person or was put aside',
  means: 'These messages were stopped on their way, and only a person can let them on.',
  examine(fleet) {
    const [held, ofHeld] = countIn(fleet, 'held')
    const [aside, ofAside] = countIn(fleet, 'quarantine')
    const troubles: Trouble[] = []
    if (held > 0) {
      const detail = `${count(held, 'message')} in held/ of ${ofHeld} for a person to look at`
      troubles.push({status: 'warn', detail, fix: 'mcos message held'})
    }
    if (aside > 0) {
      const detail = `${count(aside, 'message')} in quarantine/ of ${ofAside}: nobody can tell who wrote them`
      troubles.push({status: 'warn', detail, fix: 'mcos message held'})
    }
    return {seen: 'held/ and quarantine/ are empty', troubles}
  },
}

/** How many there are, and in whose inboxes. */
function countIn({home}: Fleet, box: Box): [number, string] {
  const messages = (agent: AgentEntry) => listBox(home.files, agent, box).filter(({trouble}) => trouble === null)
  const all = listAgents(home).map((agent) => ({name: agent.name, count: messages(agent).length}))
  const some = all.filter(({count: many}) => many > 0)
  return [some.reduce((sum, {count: many}) => sum + many, 0), some.map(({name}) => name).join(', ')]
}

const unknown: Checkup = {
  id: 'mail-strangers',
  title: 'Only messages lie in inboxes',
  means: 'Whoever laid it there thinks it was delivered, and nobody reads it.',
  examine({home}) {
    const troubles = listAgents(home).flatMap((agent) =>
      (['new', 'cur'] as const).flatMap((box) =>
        listBox(home.files, agent, box).flatMap(({path, trouble}): Trouble[] => {
          if (trouble === null) return []
          const detail = `${path}: ${trouble}; what it says is sent by: mcos message send ${agent.name} --file`
          return [{status: 'warn', detail, fix: `mv ${shellWord(path)} ${shellWord(agent.path)}/`}]
        }),
      ),
    )
    return {seen: 'nothing else does', troubles}
  },
}

/** What the inboxes tell. */
export const MAIL_CHECKUPS: readonly Checkup[] = [waiting, unknown]
