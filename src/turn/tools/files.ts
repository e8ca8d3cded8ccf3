import {type AgentEntry, listAgents} from '../../workspace/agents.js'
import {dateInName} from '../../workspace/daily-log.js'
import {foldName, sameName} from '../../workspace/names.js'
import {type ToolContext, textOf} from '../tool.js'

/** What a tool for files has to know of whose hand it is. */
export type Hand = Pick<ToolContext, 'fleet' | 'agent' | 'contract' | 'law'>

/** The path a model means, from the home; whether it may go there is the guard's to say. */
export function pathOf(input: Readonly<Record<string, unknown>>): string {
  return plainPath(textOf(input, 'path'))
}

/** Without the "./" and the last "/" that models like to write. */
export function plainPath(path: string): string {
  const plain = path.replace(/^(?:\.\/)+/, '').replace(/(?<=[^/])\/+$/, '')
  return plain === '' ? '.' : plain
}

/**
 * Why a path that a contract may well cover is no business of tools for files; null when it is. Messages that aren't
 * proved to be from their senders must not be read by a side door, and a day's log is only ever added to.
 */
export function whyNotByFile(path: string, access: 'read' | 'write', {home}: ToolContext['fleet']): string | null {
  return whyNotAmong(listAgents(home), path, access)
}

/** The same for those who ask of many paths and have listed the agents once. */
export function whyNotAmong(agents: readonly AgentEntry[], path: string, access: 'read' | 'write'): string | null {
  const inside = insideAgent(path, agents)
  if (inside === null) return null
  const [first = '', ...rest] = foldName(inside).split('/')
  if (first === 'inbox') return 'messages are read with message_read and put away with message_done'
  if (access === 'read') return null
  if (first === 'workstate.md' || first === 'workstate') {
    return 'the turn itself writes down what the work is in the middle of'
  }
  if (first === 'memory' && dateInName(rest.at(-1) ?? '') !== null) return "a day's log is only added to, with log"
  return null
}

/** Whether a path is what an agent keeps for good, however it is spelled. */
export function isMemory(path: string): boolean {
  return sameName(path.split('/').at(-1) ?? '', 'MEMORY.md')
}

/** The part of a path below the folder of the agent whose it is, the innermost one. */
function insideAgent(path: string, agents: readonly AgentEntry[]): string | null {
  const found = agents.map((agent) => below(path, agent.path)).filter((inside) => inside !== null)
  return found.sort((a, b) => a.length - b.length)[0] ?? null
}

function below(path: string, folder: string): string | null {
  if (folder === '.') return path
  return foldName(path).startsWith(`${foldName(folder)}/`)
    ? path.split('/').slice(folder.split('/').length).join('/')
    : null
}
