import {waitForLock} from '../../kit/lock.js'
import {accountStatePath, formatAccountState, readAccountState} from '../../mail/desk/account-state.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {NamedAccount} from './choose.js'

const PATIENCE_MS = 10_000

/**
 * An account that opens is no longer left alone, although it was put aside or asked for a pause; that it failed stays
 * known until a triage has read it, which tells that it is back.
 */
export function letKnockAgain({mcos, clock}: Fleet, {name, account}: NamedAccount): void {
  if (!isLeftAlone(readAccountState(mcos, name).state)) return
  const lock = waitForLock(mcos, account.agent, {clock, timeoutMs: PATIENCE_MS})
  try {
    const {state} = readAccountState(mcos, name)
    if (!isLeftAlone(state) || state.failure === null) return
    const failure = {...state.failure, refused: null, notBefore: null}
    mcos.write(accountStatePath(name), formatAccountState({...state, failure}))
  } finally {
    lock.release()
  }
}

function isLeftAlone({failure}: ReturnType<typeof readAccountState>['state']): boolean {
  return failure !== null && (failure.refused !== null || failure.notBefore !== null)
}
