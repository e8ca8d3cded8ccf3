import {EXIT, UserError} from '../kit/errors.js'
import {type AgentEntry, findAgent, listAgents} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import type {Home} from '../workspace/home.js'
import {findMentions} from './config-mentions.js'
import {planConfigEdit} from './listing.js'
import {holdsFiles, planFolderMove} from './move-folder.js'
import {readTeam} from './team.js'

export interface RetirePlan {
  readonly agent: AgentEntry
  /** Where the workspace is kept. */
  readonly to: string
  readonly changes: readonly Change[]
  /** What still speaks of the agent and is a person's to decide. */
  readonly notes: readonly string[]
}

/** An agent that stops working: its folder is kept under retired/, its public key stays so that old messages verify. */
export function planRetire(home: Home, typed: string): RetirePlan {
  const agent = findAgent(home, typed)
  if (agent.path === '.') throw isTheHome(agent.name)
  const to = `retired/${agent.name}`
  if (holdsFiles(home.files, to)) throw alreadyThere(agent.name, to)
  const listing =
    home.config.agents === null ? [] : planConfigEdit(home, (config) => config.delete(['agents', agent.name]))
  return {
    agent,
    to,
    changes: [...planFolderMove(home.files, {from: agent.path, to}), ...listing],
    notes: notesFor(home, agent),
  }
}

function notesFor(home: Home, {name, path}: AgentEntry): string[] {
  const team = readTeam(home.files, listAgents(home))
  const waiting = home.files.list(path === '.' ? 'inbox/new' : `${path}/inbox/new`).length
  return [
    ...team
      .filter(({reportsTo}) => reportsTo === name)
      .map((mate) => `${mate.name} reports to ${name}: set reports_to in its SOUL.md`),
    ...findMentions(home, name).map(
      ({path: keys, line}) => `mcos.yaml:${line} still names ${name} (${keys.join('.')})`,
    ),
    ...(waiting > 0 ? [`${waiting} unread message${waiting === 1 ? '' : 's'} went along with it`] : []),
  ]
}

function isTheHome(name: string): UserError {
  return new UserError(`${name} is the home itself, so there is nothing to put aside.`, {
    code: 'FLAT_HOME',
    fix: `mcos stop ${name}`,
    exit: EXIT.usage,
  })
}

function alreadyThere(name: string, to: string): UserError {
  return new UserError(`${to} is there already, from an earlier ${name}.`, {
    code: 'COLLISION',
    fix: `mcos fleet rename ${name} ${name}-2`,
    exit: EXIT.usage,
  })
}
