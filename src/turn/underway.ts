import type {Folder} from '../kit/folder.js'
import {isRecord} from '../kit/is-record.js'
import {isAlive, type ProcessIdentity, thisProcess} from '../kit/process-identity.js'
import type {Heard} from '../memory/workstate/heard.js'
import {readTranscript} from './transcript.js'
import {eventsOf, type RecordedEvent} from './transcript-events.js'

/** A turn that asks models, for as long as it runs. */
export interface Underway {
  readonly agent: string
  /** With whom it is a conversation; null: the agent's own work. */
  readonly with: string | null
  readonly turn: string
}

interface Marked extends Underway {
  readonly process: ProcessIdentity
}

const FOLDER = 'underway'

/** Says, before a model hears a word, that this process is at it; who finds the mark later knows what was cut off. */
export function markUnderway(mcos: Folder, {agent, with: other, turn}: Underway, process = thisProcess()): void {
  const marked: Marked = {agent, with: other, turn, process}
  mcos.write(pathOf(turn), `${JSON.stringify(marked)}\n`, {mode: 0o600, sync: false})
}

/** The turn is committed, or what it heard is safe elsewhere. */
export function clearUnderway(mcos: Folder, turn: string): void {
  mcos.remove(pathOf(turn), {sync: false})
}

/** Turns of this work whose process is gone, oldest first; one that may still run on another machine is let be. */
export function findAbandoned(mcos: Folder, agent: string, person: string | null): string[] {
  if (mcos.stat(FOLDER)?.kind !== 'folder') return []
  return mcos.list(FOLDER).flatMap(({name, kind}) => {
    if (kind !== 'file' || !name.endsWith('.json')) return []
    const marked = parseMark(mcos.readText(`${FOLDER}/${name}`))
    if (marked === null || marked.agent !== agent || marked.with !== person) return []
    return isAlive(marked.process) === 'dead' ? [marked.turn] : []
  })
}

/** What was said and done in a turn, from its transcript; empty where it has none. */
export function heardIn(mcos: Folder, turn: string): Heard[] {
  const file = readTranscript(mcos, turn)
  return file === null ? [] : heardOf(eventsOf(file))
}

/** The same of events that were read already. */
function heardOf(events: readonly RecordedEvent[]): Heard[] {
  return events.flatMap((event): Heard[] => {
    const {at} = event
    switch (event.kind) {
      case 'start':
        return [...(event.told ?? [])]
      case 'reply':
        return event.answer.text.trim() === '' ? [] : [{kind: 'agent', name: event.engine, text: event.answer.text, at}]
      case 'call':
        return [{kind: 'call', name: event.call.tool, text: JSON.stringify(event.call.input), at}]
      case 'result':
        return [{kind: 'result', name: event.result.tool, text: event.result.text, at}]
      case 'own-tool':
        return [{kind: 'call', name: event.tool, text: event.detail, at}]
      default:
        return []
    }
  })
}

function pathOf(turn: string): string {
  return `${FOLDER}/${turn}.json`
}

/** A mark is written whole or not at all; what is no mark says nothing of anybody's work. */
function parseMark(text: string | null): Marked | null {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    if (!isRecord(value) || !isRecord(value['process'])) return null
    const {agent, with: other, turn} = value
    if (typeof agent !== 'string' || typeof turn !== 'string') return null
    if (other !== null && typeof other !== 'string') return null
    return {agent, with: other, turn, process: value['process'] as unknown as ProcessIdentity}
  } catch {
    return null
  }
}
