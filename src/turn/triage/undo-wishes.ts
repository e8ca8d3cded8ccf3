import {readStop} from '../../guard/stop.js'
import type {ActionRecord, MailRecord} from '../../mail/ledger/record.js'
import type {ActionState, MailEntry} from '../../mail/ledger/sum.js'
import type {MailRef} from '../../mail/mail.js'
import type {Changed, Mailbox} from '../../mail/mailbox.js'
import {MailTrouble} from '../../mail/trouble.js'
import type {TriageInput} from './triage-input.js'
import {withAccount} from './with-account.js'

/** One action that was done and is to be taken back. */
export interface DoneWish {
  readonly mail: MailEntry
  readonly action: ActionState
}

/** How one taking back ended; `failed` leaves the action as it was. */
export interface TakenBack {
  readonly done: DoneWish
  readonly state: 'undone' | 'failed'
  readonly why: string | null
}

export interface UndoneWishes {
  readonly ends: readonly TakenBack[]
  readonly records: readonly MailRecord[]
  readonly troubles: ReadonlyMap<string, MailTrouble>
  readonly isStopped: boolean
}

type Hand = Pick<TriageInput, 'fleet' | 'agent' | 'accounts' | 'signal'> & {readonly turn: string}

const LONGEST_MS = 5 * 60_000

/** Takes actions back in the mailboxes, the last one first; the stop file is read before each. */
export async function undoWishes(wishes: readonly DoneWish[], hand: Hand): Promise<UndoneWishes> {
  const names = [...new Set(wishes.map(({mail}) => mail.seen.account))]
  const done = await Promise.all(
    names.map((name) =>
      undoAccount(
        name,
        wishes.filter(({mail}) => mail.seen.account === name),
        hand,
      ),
    ),
  )
  return {
    ends: done.flatMap(({ends}) => ends),
    records: done.flatMap(({records}) => records),
    troubles: new Map(done.flatMap(({name, trouble}) => (trouble === null ? [] : [[name, trouble] as const]))),
    isStopped: readStop(hand.fleet.mcos, hand.agent.name) !== null,
  }
}

interface AccountUndone {
  readonly name: string
  readonly ends: TakenBack[]
  readonly records: MailRecord[]
  readonly trouble: MailTrouble | null
}

async function undoAccount(name: string, wishes: readonly DoneWish[], hand: Hand): Promise<AccountUndone> {
  const account = hand.accounts[name]
  const found: Omit<AccountUndone, 'trouble'> = {name, ends: [], records: []}
  if (account === undefined) {
    const trouble = new MailTrouble('storage', `mcos.yaml has no account ${name} any more`, {
      fix: 'mcos email accounts',
    })
    return {...found, trouble}
  }
  const places = new Map<string, MailRef>()
  const {trouble} = await withAccount(
    hand.fleet,
    {name, account},
    {
      outer: hand.signal,
      timeoutMs: LONGEST_MS,
      async work(mailbox, signal) {
        for (const wish of [...wishes].reverse()) {
          if (signal.aborted || readStop(hand.fleet.mcos, hand.agent.name) !== null) return
          await undoOne(wish, {mailbox, places, found, hand})
        }
      },
    },
  )
  return {...found, trouble}
}

async function undoOne(
  done: DoneWish,
  {
    mailbox,
    places,
    found,
    hand,
  }: {
    readonly mailbox: Mailbox
    readonly places: Map<string, MailRef>
    readonly found: Omit<AccountUndone, 'trouble'>
    readonly hand: Hand
  },
): Promise<void> {
  const {mail, action} = done
  const {id} = mail.seen
  const ref = places.get(id) ?? mail.ref
  const {state, why, now} = await takeBack(done, ref, mailbox)
  found.ends.push({done, state, why})
  if (state === 'failed') return
  const at = new Date(hand.fleet.clock.now()).toISOString()
  const record: ActionRecord = {
    kind: 'action',
    at,
    turn: hand.turn,
    id,
    n: action.n,
    wish: action.wish,
    state: 'undone',
  }
  found.records.push(record)
  if (now.folder === ref.folder && now.key === ref.key) return
  places.set(id, now)
  found.records.push({kind: 'moved', at, turn: hand.turn, id, ref: now})
}

type Back = Omit<TakenBack, 'done'> & {readonly now: MailRef}

async function takeBack({action}: DoneWish, ref: MailRef, mailbox: Mailbox): Promise<Back> {
  const {wish} = action
  const told = (changed: Changed): Back =>
    changed.state === 'gone'
      ? {state: 'failed', why: `the mail is no longer in ${ref.folder}`, now: ref}
      : {state: 'undone', why: null, now: changed.ref}
  switch (wish.kind) {
    case 'label':
      return told(await mailbox.change(ref, {kind: 'label', label: wish.label, on: false}))
    case 'flag':
      return told(await mailbox.change(ref, {kind: 'flag', on: false}))
    case 'mark-read':
      return told(await mailbox.change(ref, {kind: 'seen', on: false}))
    case 'move':
    case 'archive':
      if (action.ref === null) return {state: 'failed', why: 'nobody knows where it was before', now: ref}
      return told(await mailbox.change(ref, {kind: 'move', to: action.ref.folder}))
    case 'draft':
      return takeDraftBack(action.ref, ref, mailbox)
  }
}

/** A draft that a person has gone on with is theirs. */
async function takeDraftBack(draft: MailRef | null, ref: MailRef, mailbox: Mailbox): Promise<Back> {
  if (draft === null) return {state: 'failed', why: 'nobody knows where the draft lies', now: ref}
  const end = await mailbox.withdraw(draft)
  if (end === 'changed') return {state: 'failed', why: 'somebody has changed the draft, so it stays', now: ref}
  return {state: 'undone', why: end === 'gone' ? 'the draft was gone already' : null, now: ref}
}
