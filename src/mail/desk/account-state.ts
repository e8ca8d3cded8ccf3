import type {Folder} from '../../kit/folder.js'
import {isRecord} from '../../kit/is-record.js'
import type {Cursor} from '../cursor.js'
import {TROUBLE_KINDS, type TroubleKind} from '../trouble.js'

/** What this machine remembers of one account between readings; all of it can be found again from the ledger. */
export interface AccountState {
  readonly cursor: Cursor | null
  /** When it was last read to the end, ISO. */
  readonly checked: string | null
  /** Mails that were new then. */
  readonly fresh: number
  readonly failure: AccountFailure | null
}

/** Why it can't be read, since when, and how long it is left alone. */
export interface AccountFailure {
  readonly kind: TroubleKind
  readonly message: string
  readonly fix: string
  /** ISO. */
  readonly since: string
  /** Not asked before this moment (ISO); null: at the next beat. */
  readonly notBefore: string | null
  /** Names the very password, token or settings that were refused: until they change, nobody knocks again. */
  readonly refused: string | null
}

export const NEW_ACCOUNT: AccountState = {cursor: null, checked: null, fresh: 0, failure: null}

/** Where an account's state lies, relative to `.mcos`. */
export function accountStatePath(name: string): string {
  return `mail/${name}.json`
}

/** What is remembered; `damaged` says why a file that is there can't be believed, and then the ledger is asked instead. */
export function readAccountState(
  mcos: Folder,
  name: string,
): {readonly state: AccountState; readonly damaged: string | null} {
  const text = mcos.readText(accountStatePath(name))
  if (text === null) return {state: NEW_ACCOUNT, damaged: null}
  const state = parseAccountState(text)
  return state === null
    ? {state: NEW_ACCOUNT, damaged: `.mcos/${accountStatePath(name)} can't be read`}
    : {state, damaged: null}
}

export function formatAccountState(state: AccountState): string {
  return `${JSON.stringify(state, null, 1)}\n`
}

/** The state that a text says; null for anything else. */
export function parseAccountState(text: string): AccountState | null {
  const value = parseJson(text)
  if (!isRecord(value)) return null
  const {cursor, checked, fresh, failure} = value
  if (!(cursor === null || isCursor(cursor)) || !(failure === null || isFailure(failure))) return null
  if (!(checked === null || typeof checked === 'string') || !Number.isSafeInteger(fresh)) return null
  return {cursor, checked, fresh: Number(fresh), failure}
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Whatever else is wrong with it ends the same way: it is not believed.
    return null
  }
}

const PLACES: Readonly<Record<Cursor['kind'], (place: Record<string, unknown>) => boolean>> = {
  imap: ({uidValidity, uidNext, modSeq}) =>
    typeof uidValidity === 'string' &&
    Number.isSafeInteger(uidNext) &&
    Number(uidNext) > 0 &&
    (modSeq === null || typeof modSeq === 'string'),
  graph: ({deltaLink}) => typeof deltaLink === 'string' && URL.canParse(deltaLink),
  maildir: ({known, changed}) => typeof known === 'string' && typeof changed === 'string',
}

function isCursor(value: unknown): value is Cursor {
  if (!isRecord(value) || !isRecord(value['folders'])) return false
  const {kind, folders} = value
  if (kind !== 'imap' && kind !== 'graph' && kind !== 'maildir') return false
  return Object.values(folders as Record<string, unknown>).every((place) => isRecord(place) && PLACES[kind](place))
}

function isFailure(value: unknown): value is AccountFailure {
  if (!isRecord(value)) return false
  const {kind, message, fix, since, notBefore, refused} = value
  const isText = (one: unknown): boolean => typeof one === 'string'
  return (
    TROUBLE_KINDS.some((known) => known === kind) &&
    [message, fix, since].every(isText) &&
    [notBefore, refused].every((one) => one === null || isText(one))
  )
}
