import {isUserError} from '../../kit/errors.js'
import {type AgentEntry, agentPaths} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {listHistory, showOneTurn, type TurnPage} from '../history.js'
import {listMessages, type MessageRow} from '../messages/read-messages.js'
import {openTranscriptOf, type Transcribed} from '../transcript.js'

/** One page about one agent; `trouble` says why there is nothing to read. */
export type AgentDetail =
  | {
      readonly page: 'log' | 'workstate'
      readonly path: string
      readonly text: string | null
      readonly trouble: string | null
    }
  | {readonly page: 'turn'; readonly turn: LastTurn | null; readonly trouble: string | null}
  | {readonly page: 'messages'; readonly messages: readonly MessageRow[]; readonly trouble: string | null}

/** What an agent did last; one without a commit has a transcript alone, one without a model the commit. */
export interface LastTurn {
  readonly id: string
  readonly transcript: Transcribed | null
  readonly commit: TurnPage | null
}

/** Of a log as much as anybody scrolls through. */
const MOST_BYTES = 4 * 1024 * 1024

export interface DetailRequest {
  readonly page: AgentDetail['page']
  /** 2026-11-21, in the fleet's time zone. */
  readonly today: string
  /** The turn that the newest receipt tells; null: it tells none. */
  readonly lastTurn: string | null
}

/** Reads one page; what can't be read is told on it. */
export async function readDetail(fleet: Fleet, agent: AgentEntry, request: DetailRequest): Promise<AgentDetail> {
  const {page} = request
  try {
    if (page === 'log') return {page, ...readNewestLog(fleet, agent, request.today), trouble: null}
    if (page === 'workstate') return {page, ...readWorkstate(fleet, agent), trouble: null}
    if (page === 'turn') return {page, turn: await readTurn(fleet, agent, request.lastTurn), trouble: null}
    const {messages} = listMessages(fleet, {agent: agent.name}, {kind: 'person'})
    return {page, messages: messages.toReversed(), trouble: null}
  } catch (error) {
    if (!isUserError(error)) throw error
    const trouble = error.message
    if (page === 'turn') return {page, turn: null, trouble}
    if (page === 'messages') return {page, messages: [], trouble}
    return {page, path: '', text: null, trouble}
  }
}

/** Today's, or the last that was written. */
function readNewestLog({home}: Fleet, agent: AgentEntry, today: string): {path: string; text: string | null} {
  const {memoryFolder, log} = agentPaths(agent)
  const days = home.files.list(memoryFolder).flatMap(({name, kind}) => {
    const day = /^(\d{4}-\d\d-\d\d)\.md$/.exec(name)?.[1]
    return kind === 'file' && day !== undefined ? [day] : []
  })
  const path = log(days.sort().at(-1) ?? today)
  return {path, text: home.files.readText(path, {maxBytes: MOST_BYTES})}
}

function readWorkstate({home}: Fleet, agent: AgentEntry): {path: string; text: string | null} {
  const path = agentPaths(agent).workstate
  return {path, text: home.files.readText(path, {maxBytes: MOST_BYTES})}
}

async function readTurn(fleet: Fleet, agent: AgentEntry, known: string | null): Promise<LastTurn | null> {
  const id = known ?? listHistory(fleet, {agent: agent.name, limit: 1}).turns[0]?.turn ?? null
  if (id === null) return null
  return {
    id,
    transcript: await ifThere(() => openTranscriptOf(fleet, id)),
    commit: await ifThere(() => showOneTurn(fleet, id)),
  }
}

/** A turn has one, the other or both. */
async function ifThere<T>(read: () => T | Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}
