import {newTurnId} from '../../kit/ids.js'
import {KNOWN_DAYS, localDate, type MailLedger, readLedger} from '../../mail/ledger/read.js'
import type {MailRecord} from '../../mail/ledger/record.js'
import type {MailEntry} from '../../mail/ledger/sum.js'
import type {ActionsReport, AppliedAction} from '../../mail/report.js'
import type {MailTrouble} from '../../mail/trouble.js'
import {carryWishes} from '../../turn/triage/carry-wishes.js'
import {commitActions} from '../../turn/triage/commit-triage.js'
import {openActions, pendingOf} from '../../turn/triage/pending-wishes.js'
import {accountsOf, type TriageInput} from '../../turn/triage/triage-input.js'
import {type DoneWish, undoWishes} from '../../turn/triage/undo-wishes.js'
import {type AgentEntry, findAgent, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Watch} from '../run/seat.js'
import type {ActsFor} from '../speaker.js'
import {findMail} from './find-mail.js'
import {passMailGate} from './gate.js'
import {underLock} from './hold.js'

interface Hand {
  readonly watch: Watch
  readonly actor: ActsFor
}

/** Does what was proposed: of these mails, or of all that still wait. */
export async function applyActions(
  fleet: Fleet,
  {ids}: {readonly ids: readonly string[]},
  hand: Hand,
): Promise<ActionsReport> {
  const chosen = ids.map((typed) => findMail(fleet, typed, hand.actor))
  const wanted = new Set(chosen.map(({entry}) => entry.seen.id))
  const agents = ids.length === 0 ? owners(fleet, hand.actor) : unique(chosen.map(({agent}) => agent))
  return forEach(fleet, agents, {
    hand,
    what: 'apply',
    act: async (input, ledger) => {
      const mails = [...ledger.mails.values()].filter(({seen}) => ids.length === 0 || wanted.has(seen.id))
      const pending = mails.flatMap((mail) => openActions(mail).map((action) => pendingOf(mail, action)))
      const {records, ends, troubles, isStopped} = await carryWishes(pending, {...input, turn: newTurnId(fleet.clock)})
      const actions = ends.flatMap(({pending: {id, n, wish}, end: {state, why}}) => {
        const mail = ledger.mails.get(id)
        return mail ? [actionOf(mail, {n, wish, state, why})] : []
      })
      const marks = ends.map(({pending}) => pending)
      return {records, marks, troubles, isStopped, actions}
    },
  })
}

/** Takes back what was done: with these mails, or with all since a moment (ms). */
export async function undoActions(
  fleet: Fleet,
  {ids, since}: {readonly ids: readonly string[]; readonly since: number | null},
  hand: Hand,
): Promise<ActionsReport> {
  const chosen = ids.map((typed) => findMail(fleet, typed, hand.actor))
  const wanted = new Set(chosen.map(({entry}) => entry.seen.id))
  const agents = since !== null ? owners(fleet, hand.actor) : unique(chosen.map(({agent}) => agent))
  return forEach(fleet, agents, {
    hand,
    what: 'undo',
    act: async (input, ledger) => {
      const done = doneWishes(ledger, ({id, at}) => wanted.has(id) || (since !== null && Date.parse(at) >= since))
      const {records, ends, troubles, isStopped} = await undoWishes(done, {...input, turn: newTurnId(fleet.clock)})
      const actions = ends.map(({done: {mail, action}, state, why}) =>
        actionOf(mail, {n: action.n, wish: action.wish, state, why}),
      )
      return {records, marks: [], troubles, isStopped, actions}
    },
  })
}

function doneWishes(
  {mails}: MailLedger,
  isMeant: (done: {readonly id: string; readonly at: string}) => boolean,
): DoneWish[] {
  const done = [...mails.values()].flatMap((mail) =>
    mail.actions
      .filter(({state, at}) => state === 'done' && at !== null && isMeant({id: mail.seen.id, at}))
      .map((action) => ({mail, action})),
  )
  return done.sort((a, b) => ((a.action.at ?? '') < (b.action.at ?? '') ? -1 : 1))
}

interface Acted {
  readonly records: readonly MailRecord[]
  readonly marks: readonly {readonly id: string; readonly n: number}[]
  readonly troubles: ReadonlyMap<string, MailTrouble>
  readonly isStopped: boolean
  readonly actions: readonly AppliedAction[]
}

async function forEach(
  fleet: Fleet,
  agents: readonly AgentEntry[],
  {
    hand,
    what,
    act,
  }: {
    readonly hand: Hand
    readonly what: ActionsReport['what']
    act(input: TriageInput, ledger: MailLedger): Promise<Acted>
  },
): Promise<ActionsReport> {
  const mine = agents.flatMap((agent) =>
    Object.entries(accountsOf(fleet, agent)).map(([name, account]) => ({name, account})),
  )
  await passMailGate(fleet, mine, hand.actor)
  const done: Acted[] = []
  for (const agent of agents) {
    const work = {agent, accounts: accountsOf(fleet, agent), isApplied: true, hasModel: false}
    const acted = await underLock(fleet, work, {watch: hand.watch, act: (input) => actAndCommit(input, act)})
    if (acted !== null) done.push(acted)
  }
  return {
    what,
    actions: done.flatMap(({actions}) => actions),
    troubles: done.flatMap(({troubles}) =>
      [...troubles].map(([account, {message, options}]) => ({account, message, fix: options.fix})),
    ),
    is_stopped: done.some(({isStopped}) => isStopped),
  }
}

async function actAndCommit(
  input: TriageInput,
  act: (input: TriageInput, ledger: MailLedger) => Promise<Acted>,
): Promise<Acted> {
  const {fleet, agent} = input
  const {clock, home} = fleet
  const zone = home.config.timezone
  const ledger = readLedger(home.files, agent, {days: KNOWN_DAYS, now: clock.now(), zone})
  const acted = await act(input, ledger)
  await commitActions(acted, {input, ledger, date: localDate(clock.now(), zone)})
  return acted
}

function actionOf(
  {seen: {id, account, from, subject}}: MailEntry,
  {n, wish, state, why}: Pick<AppliedAction, 'n' | 'wish' | 'state' | 'why'>,
): AppliedAction {
  return {id, account, from, subject, n, wish, state, why}
}

/** Every agent that looks after mail; for one that gives the command itself, only itself. */
function owners(fleet: Fleet, actor: ActsFor): AgentEntry[] {
  if (actor.kind === 'agent' && actor.by === 'itself') return [findAgent(fleet.home, actor.name)]
  return listAgents(fleet.home).filter((agent) => Object.keys(accountsOf(fleet, agent)).length > 0)
}

function unique(agents: readonly AgentEntry[]): AgentEntry[] {
  return agents.filter((agent, place) => agents.findIndex(({name}) => name === agent.name) === place)
}
