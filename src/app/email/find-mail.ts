import {isUserError} from '../../kit/errors.js'
import {matchPrefix} from '../../kit/ids.js'
import {mailPaths} from '../../mail/ledger/paths.js'
import {KNOWN_DAYS, type MailLedger, readLedger} from '../../mail/ledger/read.js'
import type {MailEntry} from '../../mail/ledger/sum.js'
import {type AgentEntry, findAgent, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {ActsFor} from '../speaker.js'

/** An older mail is looked for only where none of the known days is meant. */
const EVER_DAYS = 40_000

/** A mail of the ledger, and in whose. */
export interface FoundMail {
  readonly agent: AgentEntry
  readonly ledger: MailLedger
  readonly entry: MailEntry
}

/** The one mail a person means by the beginning of its id; an agent that asks itself finds only its own. */
export function findMail(fleet: Fleet, typed: string, actor: ActsFor): FoundMail {
  const {home} = fleet
  const isAgent = actor.kind === 'agent' && actor.by === 'itself'
  const agents = isAgent ? [findAgent(home, actor.name)] : listAgents(home)
  const wanted = typed.startsWith('m_') || typed === '' ? typed : `m_${typed}`
  try {
    return findWithin(fleet, agents, {wanted, days: KNOWN_DAYS})
  } catch (error) {
    if (!isUserError(error) || error.code !== 'NOT_FOUND') throw error
    return findWithin(fleet, agents, {wanted, days: EVER_DAYS})
  }
}

/** Pages have the ids; they lie where this fleet's agents do. */
function whereIdsStand(ledgers: readonly {readonly agent: AgentEntry; readonly ledger: MailLedger}[]): string {
  const folders = ledgers.filter(({ledger}) => ledger.days.length > 0).map(({agent}) => mailPaths(agent).folder)
  return folders.length === 0
    ? 'mcos email triage'
    : `ls ${folders.map((folder) => `${folder}/*.md`).join(' ')}   # the pages have the ids`
}

function findWithin(
  {home, clock}: Fleet,
  agents: readonly AgentEntry[],
  {wanted, days}: {readonly wanted: string; readonly days: number},
): FoundMail {
  const window = {days, now: clock.now(), zone: home.config.timezone}
  const ledgers = agents.map((agent) => ({agent, ledger: readLedger(home.files, agent, window)}))
  const ids = ledgers.flatMap(({ledger}) => [...ledger.mails.keys()])
  const id = matchPrefix(ids, wanted, {what: 'mail', list: whereIdsStand(ledgers)})
  const found = ledgers.flatMap(({agent, ledger}) => {
    const entry = ledger.mails.get(id)
    return entry === undefined ? [] : [{agent, ledger, entry}]
  })
  // An account that has changed hands is in two ledgers: whose it is now has the last word.
  const owner = found.find(({agent, entry}) => home.config.mail.accounts[entry.seen.account]?.agent === agent.name)
  const [first] = found
  if (!first) throw new Error('an id that matched has a mail')
  return owner ?? first
}
