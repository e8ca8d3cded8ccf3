import {EXIT, isUserError, UserError} from '../kit/errors.js'
import {cleanLine, shorten} from '../kit/text.js'
import {type Memory, planAddFact, readMemory} from '../memory/memory.js'
import {findAgent} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {localTime} from '../workspace/local-time.js'
import type {Confidence} from '../workspace/memory-file.js'
import {passGate} from './gate.js'
import {record} from './record.js'
import {refuseSecrets} from './refuse-secrets.js'
import {type ActsFor, findSpeaker, recordedAs} from './speaker.js'

/** An agent's curated memory, as its file has it and as facts. */
export interface ShownMemory extends Pick<Memory, 'path' | 'text' | 'sections' | 'warnings'> {
  readonly agent: string
}

export function showMemory(fleet: Fleet, name: string): ShownMemory {
  const agent = findAgent(fleet.home, name)
  const {path, text, sections, warnings} = readMemory(fleet.home.files, agent)
  return {agent: agent.name, path, text, sections, warnings}
}

export interface AddRequest {
  readonly agent: string
  readonly fact: string
  readonly topic: string
  /** Where it is from; otherwise whoever says it, today. */
  readonly source?: string | undefined
  readonly confidence: Confidence
}

/** What became of a fact that was to be remembered. */
export interface AddedFact {
  readonly agent: string
  readonly path: string
  readonly topic: string
  readonly fact: string
  readonly source: string
  readonly confidence: Confidence
  /** false when it was known already. */
  readonly added: boolean
  readonly commit: string | null
}

const MOST_RACES = 50

/** One fact more in an agent's memory, as a commit of its own; a known one changes nothing. */
export async function addToMemory(fleet: Fleet, request: AddRequest, actor: ActsFor): Promise<AddedFact> {
  const agent = findAgent(fleet.home, request.agent)
  const speaker = findSpeaker(fleet, actor)
  if (speaker.kind === 'agent' && speaker.name !== agent.name) throw notYours(speaker.name, agent.name)
  const {date} = await localTime(fleet, fleet.clock.now())
  const {fact, topic, confidence} = request
  const source = request.source ?? `${speaker.name} ${date}`
  refuseSecrets(fleet, [{name: 'the fact', text: request.fact}])
  await passGate(fleet, actor, {verb: 'write', target: readMemory(fleet.home.files, agent).path})
  const subject = shorten(cleanLine(`${agent.name} memory: ${fact}`), 100)
  for (let race = 0; ; race++) {
    const {changes, path} = planAddFact(readMemory(fleet.home.files, agent), {fact, topic, source, confidence})
    const about = {agent: agent.name, path, topic, fact, source, confidence, added: changes.length > 0}
    if (!about.added) return {...about, commit: null}
    try {
      const {commit} = record(fleet, {subject, changes, ...recordedAs(fleet, speaker), agent: agent.name})
      return {...about, commit}
    } catch (error) {
      // Another fact has come in the same moment: this one goes beside it.
      if (!isUserError(error) || error.code !== 'CONFLICT' || race >= MOST_RACES) throw error
    }
  }
}

function notYours(own: string, other: string): UserError {
  return new UserError(`${own} may not write into the memory of ${other}.`, {
    code: 'NOT_YOURS',
    fix: `mcos message send ${other} "text"`,
    exit: EXIT.refused,
  })
}
