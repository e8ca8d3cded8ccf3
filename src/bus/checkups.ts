import {type AgentEntry, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {type Checkup, count, type Trouble} from '../workspace/health.js'
import {type Box, listBox} from './boxes.js'

const waiting: Checkup = {
  id: 'mail-waiting',
  title: 'No message waits for a person or was put aside',
  means: 'These messages were stopped on their way, and only a person can let them on.',
  examine(fleet) {
    const held = countIn(fleet, 'held')
    const aside = countIn(fleet, 'quarantine')
    const troubles: Trouble[] = []
    if (held > 0) {
      const detail = `${count(held, 'message')} in held/ for a person to look at`
      troubles.push({status: 'warn', detail, fix: 'mcos message held'})
    }
    if (aside > 0) {
      const detail = `${count(aside, 'message')} in quarantine/: nobody can tell who wrote them`
      troubles.push({status: 'warn', detail, fix: 'mcos message held'})
    }
    return {seen: 'held/ and quarantine/ are empty', troubles}
  },
}

function countIn({home}: Fleet, box: Box): number {
  const messages = (agent: AgentEntry) => listBox(home.files, agent, box).filter(({trouble}) => trouble === null)
  return listAgents(home).reduce((sum, agent) => sum + messages(agent).length, 0)
}

/** What the inboxes tell. */
export const MAIL_CHECKUPS: readonly Checkup[] = [waiting]
