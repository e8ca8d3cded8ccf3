import type {Folder} from '../../kit/folder.js'
import {type AgentEntry, inAgent} from '../../workspace/agents.js'

/** Where an agent's ledger and its pages lie, relative to the home; `date` as 2026-11-21, in the fleet's time zone. */
export interface MailPaths {
  readonly folder: string
  ledger(date: string): string
  page(date: string): string
}

export function mailPaths(agent: AgentEntry): MailPaths {
  return {
    folder: inAgent(agent, 'mail'),
    ledger: (date) => inAgent(agent, `mail/${date}.jsonl`),
    page: (date) => inAgent(agent, `mail/${date}.md`),
  }
}

/** The days that have a ledger, oldest first. */
export function listMailDays(files: Folder, agent: AgentEntry): string[] {
  return files.list(mailPaths(agent).folder).flatMap(({name, kind}) => {
    const date = /^(\d{4}-\d\d-\d\d)\.jsonl$/.exec(name)?.[1]
    return kind === 'file' && date ? [date] : []
  })
}
