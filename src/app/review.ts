import {hasAlerts} from '../alerts/has-alerts.js'
import {alertFilesOf, readAlerts} from '../alerts/read-alerts.js'
import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {shellWord} from '../kit/shell-word.js'
import {readGates} from '../turn/alerts/gates.js'
import type {Fleet} from '../workspace/fleet.js'
import {listApprovals} from './approvals/list.js'
import {listHeld} from './messages/read-messages.js'
import {personHere} from './speaker.js'

/** One thing that waits for a person; the keys are a promise to programs. */
export interface ReviewItem {
  readonly kind: 'approval' | 'proposal' | 'message' | 'alert' | 'unreadable'
  readonly id: string
  /** Whom it is about, or who asks. */
  readonly agent: string | null
  /** In a line. */
  readonly what: string
  /** Why it waits. */
  readonly why: string | null
  readonly at: string | null
  readonly expires: string | null
  /** What to type, the first of them to look at it. */
  readonly commands: readonly string[]
}

export interface ReviewReport {
  readonly fleet: string
  /** How many of them wait for an answer. */
  readonly waiting: number
  readonly items: readonly ReviewItem[]
}

/** Everything that waits for a person, on one page: approvals, proposals, messages that nobody may believe, questions of alerts. */
export async function review(fleet: Fleet): Promise<ReviewReport> {
  const items = [...(await approvals(fleet)), ...messages(fleet), ...(await alerts(fleet))]
  return {fleet: fleet.home.config.name, waiting: items.length, items}
}

/** What an agent wants to keep or to make a rule; everything else is something it wants to do. */
const PROPOSAL = /^(?:memory|wiki|guardrail)\./

async function approvals(fleet: Fleet): Promise<ReviewItem[]> {
  const {approvals: all, unreadable} = await listApprovals(fleet)
  const waiting = all.filter(({status}) => status === 'waiting')
  const items = waiting.map(({id, agent, verb, target, at, expires}): ReviewItem => {
    const commands = [`mcos approve show ${id}`, `mcos approve yes ${id}`, `mcos approve no ${id} --why "…"`]
    const kind = PROPOSAL.test(verb) ? 'proposal' : 'approval'
    return {kind, id, agent, what: `${verb} ${target}`, why: null, at, expires, commands}
  })
  const byAgent = items.sort((one, other) =>
    compare(`${one.kind}${one.agent}${one.id}`, `${other.kind}${other.agent}${other.id}`),
  )
  return [...byAgent, ...unreadable.map(({id, trouble}) => broken(id, `approvals/${id}`, trouble))]
}

/** Held ones were sent by somebody who is known; of what lies in quarantine nobody knows who has written it. */
function messages(fleet: Fleet): ReviewItem[] {
  const {messages: rows, unreadable} = listHeld(fleet, {}, {kind: 'person'})
  return [
    ...rows.map(({id, agent, box, from, subject, reason, at, verified}): ReviewItem => {
      const what = verified ? `from ${from}: ${subject}` : `says it is from ${from}: ${subject}`
      const read = `mcos message read ${shellWord(id)}`
      const commands = [read, ...(box === 'held' ? [`${read} --take`] : [])]
      return {kind: 'message', id, agent, what, why: reason ?? box, at, expires: null, commands}
    }),
    ...unreadable.map(({path, reason, agent}) => {
      return {...broken(path, path, reason), agent, commands: clearAway(fleet.home.files, path)}
    }),
  ]
}

async function alerts(fleet: Fleet): Promise<ReviewItem[]> {
  if (!hasAlerts(fleet.home.files)) return []
  const {cases, unreadable} = readAlerts(alertFilesOf(fleet.home.files), await readGates(fleet))
  const open = cases.filter(({state}) => state.status === 'hypothesis')
  const reader = readerOf(fleet)
  return [
    ...open.map(({alert: {id, by, title, at, held}, state: {level, confirmers, raisers}}): ReviewItem => {
      const yes = confirmers.length === 0 ? 'nobody has confirmed it' : `confirmed by ${confirmers.join(', ')}`
      // Nobody confirms what they raised: it would be refused.
      const isOwn = reader !== null && raisers.includes(reader)
      const first = isOwn ? `mcos alert show ${id}` : `mcos alert confirm ${id}`
      const commands = [first, `mcos alert dismiss ${id} --why "…"`]
      return {kind: 'alert', id, agent: by, what: `${level} ${title}`, why: held ?? yes, at, expires: null, commands}
    }),
    ...unreadable.map(({path, reason}) => broken(path, path, reason)),
  ]
}

/** null: their name is an agent's too, so nothing here is known to be theirs. */
function readerOf({home}: Fleet): string | null {
  try {
    return personHere(home)
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}

function broken(id: string, path: string, why: string): ReviewItem {
  return {
    kind: 'unreadable',
    id,
    agent: null,
    what: path,
    why,
    at: null,
    expires: null,
    commands: ['mcos fsck', `git log -- ${shellWord(path)}`],
  }
}

/** What lies in an inbox and is no message is whole for all that `mcos fsck` knows: somebody looks at it and takes it away. */
function clearAway(files: Folder, path: string): string[] {
  const word = shellWord(path)
  const kind = files.stat(path)?.kind ?? null
  if (/(?:^|\/)inbox\/\w+$/.test(path) || kind === null) return [`ls -ld ${word}`, 'mcos doctor']
  return [`${kind === 'file' ? 'less' : 'ls -l'} ${word}`, `${kind === 'folder' ? 'rm -r' : 'rm'} ${word}`]
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
