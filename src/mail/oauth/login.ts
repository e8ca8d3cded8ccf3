import type {GraphAccount, ImapAccount} from '../../workspace/config.js'
import type {OpenDeps} from '../open-deps.js'
import {MailTrouble} from '../trouble.js'
import {takeLock} from './access-token.js'
import {openExchange} from './exchange.js'
import {grantOf} from './grant.js'
import type {DeviceCode} from './msal.js'
import {writeTokens} from './token-file.js'

/**
 * Lets a person log in at a device code and keeps the login on this machine; `show` tells where and with which code.
 * Answers whom the authority took them for. Throws `MailTrouble`.
 */
export async function login(
  account: GraphAccount | ImapAccount,
  deps: OpenDeps,
  {show}: {show(code: DeviceCode): void},
): Promise<{readonly user: string}> {
  const grant = grantOf(account)
  if (grant?.kind !== 'person') throw nothingToDo(deps.name)
  const {deviceTokens} = await import('./msal.js')
  const exchange = openExchange(grant, deps)
  try {
    const {tokens, user} = await deviceTokens(grant, show, {...deps, exchange})
    // Taken only now: a person takes minutes, and a beat must not wait for them.
    const lock = await takeLock(grant, deps)
    try {
      writeTokens(grant, tokens, {...deps, staging: lock.staging})
    } finally {
      lock.release()
    }
    return {user}
  } finally {
    exchange.close()
  }
}

function nothingToDo(name: string): MailTrouble {
  return new MailTrouble('login', `${name} has no login: it proves itself by the secret that mcos.yaml names`, {
    fix: `mcos email check ${name}`,
  })
}
