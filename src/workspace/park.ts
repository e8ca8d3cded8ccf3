import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {type AgentEntry, inAgent} from './agents.js'

/** An agent that is laid up: mail and messages wait in its folder, and no beat looks until somebody wakes it. */
export interface Park {
  /** From the home; while it lies there, it holds, whatever it says. */
  readonly path: string
  readonly who: string | null
  /** ISO. */
  readonly when: string | null
  readonly why: string | null
}

/** Beside SOUL.md, and like it the operator's: a fleet on several machines sees it as soon as it has the commit. */
const PARK_FILE = 'PARKED.md'

export function parkPath(agent: AgentEntry): string {
  return inAgent(agent, PARK_FILE)
}

export function readPark(files: Folder, agent: AgentEntry): Park | null {
  const path = parkPath(agent)
  try {
    if (files.stat(path) === null) return null
    const text = files.readText(path, {maxBytes: 64 * 1024}) ?? ''
    return {path, who: field(text, 'who'), when: field(text, 'when'), why: field(text, 'why')}
  } catch (error) {
    if (!isUserError(error)) throw error
    // A link or a folder in its place: somebody wanted it to lie still.
    return {path, who: null, when: null, why: null}
  }
}

export function formatPark({
  who,
  when,
  why,
}: {
  readonly who: string
  readonly when: string
  readonly why: string | null
}): string {
  const lines = [`who: ${oneLine(who)}`, `when: ${oneLine(when)}`, ...(why === null ? [] : [`why: ${oneLine(why)}`])]
  return `${lines.join('\n')}\n`
}

function field(text: string, key: string): string | null {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${key}:`))
  return line?.slice(key.length + 1).trim() || null
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
