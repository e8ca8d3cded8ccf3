import type {AuthenticationResult, Configuration, INetworkModule} from '@azure/msal-node'
import type {Clock} from '../../kit/clock.js'
import {isRecord} from '../../kit/is-record.js'
import {pause} from '../../kit/pause.js'
import {MailTrouble} from '../trouble.js'
import {readAuthorityAnswer} from './authority-answer.js'
import {type Exchange, insistOnTls} from './exchange.js'
import type {Grant} from './grant.js'
import {noLogin, type Refusal, refusalTrouble} from './oauth-trouble.js'
import type {Tokens} from './token-file.js'

/** What msal works with. */
export interface MsalDeps {
  readonly name: string
  readonly exchange: Exchange
  readonly signal: AbortSignal
  readonly clock: Clock
}

/** What a person has to do elsewhere. */
export interface DeviceCode {
  readonly code: string
  readonly url: string
  /** ISO. */
  readonly expires: string
}

/** Polls of a device code are slowed down by so much when the authority asks for it. */
const SLOW_DOWN_MS = 5_000

/** msal's own word for what an authority calls otherwise. */
const RUN_OUT: Readonly<Record<string, string>> = {device_code_expired: 'code_expired'}

/** A token of the application's own. */
export async function appTokens(grant: Grant, secret: string, deps: MsalDeps): Promise<Tokens> {
  const {ConfidentialClientApplication} = await import('@azure/msal-node')
  return withAuthority(grant, deps, async (system) => {
    const config = configuration(grant, system)
    const app = new ConfidentialClientApplication({...config, auth: {...config.auth, clientSecret: secret}})
    const result = await app.acquireTokenByClientCredential({scopes: [...grant.scopes], skipCache: true})
    return tokensOf(result, app.getTokenCache().serialize())
  })
}

/** A new token of a person's, by the refresh token in what was kept; the authority may have put another one in its place. */
export async function refreshedTokens(grant: Grant, kept: string, deps: MsalDeps): Promise<Tokens> {
  const {PublicClientApplication} = await import('@azure/msal-node')
  return withAuthority(grant, deps, async (system) => {
    const app = new PublicClientApplication(configuration(grant, system))
    const [account] = await accountsIn(app, kept)
    if (!account) throw noLogin(grant, deps.name)
    const result = await app.acquireTokenSilent({account, scopes: [...grant.scopes], forceRefresh: true})
    return tokensOf(result, app.getTokenCache().serialize())
  })
}

/** Waits until a person has typed the code. */
export async function deviceTokens(
  grant: Grant,
  show: (code: DeviceCode) => void,
  deps: MsalDeps,
): Promise<{readonly tokens: Tokens; readonly user: string}> {
  const {PublicClientApplication} = await import('@azure/msal-node')
  return withAuthority(grant, deps, async (system) => {
    const app = new PublicClientApplication(configuration(grant, system))
    const result = await app.acquireTokenByDeviceCode({
      scopes: [...grant.scopes],
      deviceCodeCallback: ({userCode, verificationUri, expiresIn}) =>
        show({
          code: userCode,
          url: verificationUri,
          expires: new Date(deps.clock.now() + expiresIn * 1000).toISOString(),
        }),
    })
    return {tokens: tokensOf(result, app.getTokenCache().serialize()), user: result?.account?.username || grant.user}
  })
}

type PublicApp = InstanceType<typeof import('@azure/msal-node').PublicClientApplication>

async function accountsIn(app: PublicApp, kept: string): ReturnType<PublicApp['getAllAccounts']> {
  try {
    app.getTokenCache().deserialize(kept)
    return await app.getAllAccounts()
  } catch {
    // msal's words for a cache it can't read may quote it; to a person it is the same as none.
    return []
  }
}

function tokensOf(result: AuthenticationResult | null, cache: string): Tokens {
  if (!result?.accessToken) throw new TypeError('an authority answered without a token')
  return {access: result.accessToken, expires: result.expiresOn?.getTime() ?? 0, cache}
}

function configuration({clientId, authority}: Grant, networkClient: INetworkModule): Configuration {
  const oauth = `${authority}/oauth2/v2.0`
  return {
    auth: {
      clientId,
      authority,
      // Both spare a question each time whose answer is known.
      knownAuthorities: [new URL(authority).host],
      authorityMetadata: JSON.stringify({
        issuer: `${authority}/v2.0`,
        authorization_endpoint: `${oauth}/authorize`,
        token_endpoint: `${oauth}/token`,
        device_authorization_endpoint: `${oauth}/devicecode`,
        jwks_uri: `${authority}/discovery/v2.0/keys`,
      }),
    },
    system: {networkClient, disableInternalRetries: true, loggerOptions: {loggerCallback: () => undefined}},
  }
}

interface Seen {
  trouble: unknown
  refusal: Refusal | null
}

/** msal keeps neither an error of the network nor what the authority said: both are kept here, beside it. */
async function withAuthority<T>(
  grant: Grant,
  deps: MsalDeps,
  work: (network: INetworkModule) => Promise<T>,
): Promise<T> {
  const seen: Seen = {trouble: null, refusal: null}
  insistOnTls(grant.authority, deps.name)
  try {
    return await unlessAborted(deps.signal, work(networkOf(deps, seen)))
  } catch (error) {
    deps.signal.throwIfAborted()
    if (seen.trouble) throw seen.trouble
    if (seen.refusal) throw refusalTrouble(seen.refusal, grant, deps.name)
    if (error instanceof MailTrouble) throw error
    const code = isRecord(error) ? String(error['errorCode'] ?? '') : ''
    if (code === '') throw error
    // What msal says by itself of a person's login comes down to: there is nothing that a token could be got with.
    if (grant.kind === 'person' && code !== 'device_code_expired') throw noLogin(grant, deps.name)
    throw refusalTrouble({status: 0, error: RUN_OUT[code] ?? code, codes: []}, grant, deps.name)
  }
}

/** msal can't be interrupted while it waits for a person. */
async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted()
  let stop = (): void => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, {once: true})
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

type Options = {headers?: Record<string, string>; body?: string} | undefined

function networkOf({name, exchange, signal, clock}: MsalDeps, seen: Seen): INetworkModule {
  async function ask<T>(method: 'GET' | 'POST', url: string, options: Options) {
    try {
      const headers = options?.headers ?? {}
      const answer = await exchange.ask({method, url, headers, ...bodyOf(method, options)}, signal)
      const read = readAuthorityAnswer(answer, {url, name, now: clock.now()})
      seen.refusal = read.refusal
      if (read.isTooQuick) await pause(SLOW_DOWN_MS, signal)
      return {headers: {...answer.headers}, status: answer.status, body: read.body as T}
    } catch (error) {
      seen.trouble = error
      throw error
    }
  }
  return {
    sendGetRequestAsync: (url, options) => ask('GET', url, options),
    sendPostRequestAsync: (url, options) => ask('POST', url, options),
  }
}

function bodyOf(method: 'GET' | 'POST', options: Options): {body?: string} {
  return method === 'POST' ? {body: options?.body ?? ''} : {}
}
