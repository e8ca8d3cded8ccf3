import {BOXES, type Box, type Listed, listBox} from '../../bus/boxes.js'
import {entryId, type InboxMessage, type InboxView, readEntry, readInbox, type UnreadableFile} from '../../bus/inbox.js'
import {openKeyring} from '../../bus/keyring.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {matchPrefix} from '../../kit/ids.js'
import {type AgentEntry, agentAt, findAgent, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {ActsFor} from '../speaker.js'

/** Whose inboxes a command looks into: the one named, an agent's own, the one stood in, or everybody's. */
export function inboxesFor(
  fleet: Fleet,
  {agent, cwd, actor}: {agent?: string | undefined; cwd?: string; actor: ActsFor},
): AgentEntry[] {
  if (actor.kind === 'agent' && actor.by === 'itself') {
    if (agent !== undefined && agent !== actor.name) throw notYours(actor.name, agent)
    return [findAgent(fleet.home, actor.name)]
  }
  if (agent !== undefined) return [findAgent(fleet.home, agent)]
  const here = cwd === undefined ? null : agentAt(fleet.home, cwd)
  return here === null ? listAgents(fleet.home) : [here]
}

/** These boxes of all of these inboxes, with public keys read once. */
export function readInboxes(fleet: Fleet, agents: readonly AgentEntry[], boxes: readonly Box[]): InboxView[] {
  const keyring = openKeyring(fleet.home.files)
  return agents.map((agent) => readInbox(fleet.home, agent, {now: fleet.clock.now(), boxes, keyring}))
}

/** The full id that a person typed the beginning of, of any message in the fleet. */
export function resolveId(fleet: Fleet, typed: string): string {
  return matchPrefix(entriesOf(fleet, listAgents(fleet.home)).map(idOf), typed, LOOKUP)
}

/** The message of that full id, wherever it lies; null when it can't be read. */
export function openFound(fleet: Fleet, id: string): InboxMessage | null {
  const found = entriesOf(fleet, listAgents(fleet.home)).find((entry) => idOf(entry) === id)
  const opened = found ? open(fleet, found) : null
  return opened !== null && 'message' in opened ? opened : null
}

/** The one message a person means by the beginning of its id, in these inboxes, with its owner. */
export function findMessage(
  fleet: Fleet,
  typed: string,
  agents: readonly AgentEntry[],
): {agent: AgentEntry; found: InboxMessage} {
  const entries = entriesOf(fleet, agents)
  const id = matchPrefix(entries.map(idOf), typed, LOOKUP)
  const [entry, ...more] = entries.filter((candidate) => idOf(candidate) === id)
  if (!entry) throw new Error('an id that matched has an entry')
  const elsewhere = more.find(({agent}) => agent !== entry.agent)
  if (elsewhere) throw severalOwners(id, [entry.agent, elsewhere.agent])
  const found = open(fleet, entry)
  if (!('message' in found)) throw cannotRead(found)
  return {agent: findAgent(fleet.home, entry.agent), found}
}

const LOOKUP = {what: 'message', list: 'mcos message list --all'}

/** In the order of the boxes: of two copies of one message, the one that lies further in front is meant. */
function entriesOf({home}: Fleet, agents: readonly AgentEntry[]): Listed[] {
  return agents.flatMap((agent) => {
    return BOXES.flatMap((box) => listBox(home.files, agent, box)).filter(({trouble}) => trouble === null)
  })
}

function idOf({file}: Listed): string {
  return entryId(file)
}

function open({home, clock}: Fleet, listed: Listed): InboxMessage | UnreadableFile {
  return readEntry(home, {agent: findAgent(home, listed.agent), listed, now: clock.now()})
}

function notYours(own: string, other: string): UserError {
  return new UserError(`${own} may not look into the inbox of ${other}.`, {
    code: 'NOT_YOURS',
    fix: 'mcos message list',
    exit: EXIT.refused,
  })
}

function severalOwners(id: string, owners: readonly string[]): UserError {
  return new UserError(`${JSON.stringify(id)} lies in more than one inbox: ${owners.join(', ')}.`, {
    code: 'AMBIGUOUS',
    fix: 'Name the inbox with --agent.',
    exit: EXIT.usage,
  })
}

function cannotRead({path, reason}: UnreadableFile): UserError {
  return new UserError(`${path} can't be read as a message: ${reason}`, {
    code: 'UNREADABLE',
    fix: 'mcos message held',
    exit: EXIT.usage,
  })
}
