import type {Action} from '../../src/guard/action.js'
import {blank} from './blank.js'
import {comms} from './comms.js'
import {engineer} from './engineer.js'
import {main} from './main.js'
import {operations} from './operations.js'
import {orchestrator} from './orchestrator.js'
import type {Role} from './role.js'
import {security} from './security.js'
import {TEXTS} from './texts.js'

const OWN = ['SOUL.md', 'AGENTS.md', 'USER.md', 'GUARDRAILS.md', 'HEARTBEAT.md', 'MEMORY.md', 'WORKSTATE.md']
const DAYS = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21']

export const ROLES: Readonly<Record<string, Role>> = {orchestrator, comms, operations, security, engineer, main, blank}

/** All that a role does, each an action of its own. */
export function actionsOf(role: string, own: string): Action[] {
  const about = ROLES[role]
  if (!about) throw new Error(`nobody has written down what ${role} does`)
  const here = (path: string): string => path.replace(/^~/, own)
  return [
    ...[...OWN, ...DAYS.map((day) => `memory/${day}.md`), 'notes.md', 'inbox/cur/1.md'].map((file) =>
      read(`${own}/${file}`),
    ),
    ...about.reads.map(read),
    ...about.writes.map(([path, content]) => ({verb: 'write', target: here(path), content})),
    ...about.deletes.map((path) => ({verb: 'delete', target: here(path)})),
    ...about.tells.map(([target, content]) => ({verb: 'message', target, content})),
    ...about.runs.map((target) => ({verb: 'run', target})),
    ...about.fetches.map((target) => ({verb: 'fetch', target})),
    ...about.does.map(([call, content]) => {
      const [verb = '', ...target] = call.split(' ')
      return {verb, target: here(target.join(' ')), ...(content === undefined ? {} : {content})}
    }),
    ...TEXTS.flatMap((content, place) => [
      {verb: 'write', target: `${own}/notes/${place}.md`, content},
      {verb: 'message', target: 'jarvis', content},
    ]),
    ...TEXTS.slice(0, 25).map((content) => ({
      verb: 'write',
      target: `${own}/MEMORY.md`,
      content: `## Things\n- ${content}\n`,
    })),
  ]
}

function read(target: string): Action {
  return {verb: 'read', target}
}
