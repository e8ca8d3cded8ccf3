import {lstatSync} from 'node:fs'
import type {Folder} from '../kit/folder.js'

/** Everything stands still: no probe, no turn, no page. */
export interface Stop {
  readonly scope: 'fleet' | 'agent'
  /** The file that stops it, below `.mcos/`; while it lies there, it holds. */
  readonly path: string
  readonly who: string | null
  readonly when: string | null
  readonly why: string | null
}

/** Where a stop lies below `.mcos/`; null stands for the whole fleet. */
export function stopPath(agent: string | null): string {
  return agent === null ? 'STOP' : `STOP.${agent}`
}

/** The stop that holds for an agent, the fleet's first; for null, the fleet's alone. Whatever lies there stops, also if it says nothing readable. */
export function readStop(mcos: Folder, agent: string | null): Stop | null {
  return readOne(mcos, null) ?? (agent === null ? null : readOne(mcos, agent))
}

/** The file below `.mcos/` that stops an agent, or the fleet when `agent` is null; removing it is going on. */
export function planStop({
  agent,
  who,
  when,
  why,
}: {
  agent: string | null
  who: string
  when: string
  why: string | null
}): {path: string; content: string} {
  const lines = [`who: ${oneLine(who)}`, `when: ${oneLine(when)}`, ...(why ? [`why: ${oneLine(why)}`] : [])]
  return {path: stopPath(agent), content: `${lines.join('\n')}\n`}
}

function readOne(mcos: Folder, agent: string | null): Stop | null {
  const path = stopPath(agent)
  const stop = {scope: agent === null ? 'fleet' : 'agent', path} as const
  try {
    // Asked several times in each beat of each agent, and nearly always for nothing: one look is enough to know that.
    if (!lstatSync(`${mcos.dir}/${path}`, {throwIfNoEntry: false})) return null
    const text = mcos.readText(path, {maxBytes: 64 * 1024}) ?? ''
    return {...stop, who: field(text, 'who'), when: field(text, 'when'), why: field(text, 'why')}
  } catch {
    // A link, a folder, a file of another's: somebody put it there to stop this, so it stops.
    return {...stop, who: null, when: null, why: null}
  }
}

function field(text: string, key: string): string | null {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${key}:`))
  return line?.slice(key.length + 1).trim() || null
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
