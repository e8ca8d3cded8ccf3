import {claimOf} from '../../alerts/channel-claim.js'
import {engineClaimOf, keyClaimOf} from '../../engines/claim.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {isClaimTrusted} from '../../turn/trusted-claim.js'
import type {ExaminedSecret} from '../../workspace/examine-secrets.js'
import type {Fleet} from '../../workspace/fleet.js'

/** What the one who gave a secret out says to it: taken, refused, or nothing that tells. */
export interface LiveAnswer {
  readonly live: 'accepted' | 'refused' | 'untried'
  /** Why it was refused or could not be tried; never the secret. */
  readonly detail: string
}

const PATIENCE_MS = 15_000
const ANTHROPIC = 'https://api.anthropic.com'
const OPENAI = 'https://api.openai.com/v1'
const TELEGRAM = 'https://api.telegram.org'

/** Asks with a request that costs nothing. In a fleet from elsewhere no secret is handed to an address nobody has trusted. */
export async function tryLive(fleet: Fleet, secret: ExaminedSecret): Promise<LiveAnswer> {
  if (secret.value === null) return untried('it is not there to be tried')
  const request = requestFor(fleet, secret, secret.value)
  if (typeof request === 'string') return untried(request)
  try {
    const response = await fetch(request.url, {
      headers: request.headers,
      // Nobody else is handed the secret because somebody says so.
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await response.body?.cancel()
    return judge(response.status, request.host)
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const words = cause instanceof Error ? cause.message : 'no answer'
    return untried(`${request.host} can't be asked: ${shorten(cleanLine(words).replaceAll(secret.value, '…'), 120)}`)
  }
}

interface LiveRequest {
  readonly url: string
  readonly host: string
  readonly headers: Readonly<Record<string, string>>
}

/** The request, or why there is none. */
function requestFor(fleet: Fleet, secret: ExaminedSecret, value: string): LiveRequest | string {
  if (!/^[\x21-\x7e]+$/.test(value)) return 'it has letters that can be no key'
  switch (secret.use.kind) {
    case 'anthropic':
      return whyUntrusted(fleet, secret) ?? askAnthropic(secret.use.baseUrl ?? ANTHROPIC, value)
    case 'openai':
      return whyUntrusted(fleet, secret) ?? askOpenAi(secret.use.baseUrl ?? OPENAI, value)
    case 'telegram':
      return askTelegram(fleet, secret, value)
    default:
      return secret.of?.kind === 'mail'
        ? `mcos email check ${secret.of.name} tries it`
        : 'there is no request that would only try it'
  }
}

function askAnthropic(base: string, value: string): LiveRequest | string {
  const headers = {'x-api-key': value, 'anthropic-version': '2023-06-01'}
  return requestTo(`${trimmed(base).replace(/\/v1$/, '')}/v1/models`, headers)
}

function askOpenAi(base: string, value: string): LiveRequest | string {
  return requestTo(`${trimmed(base).replace(/\/chat\/completions$/, '')}/models`, {authorization: `Bearer ${value}`})
}

function askTelegram(fleet: Fleet, {of}: ExaminedSecret, value: string): LiveRequest | string {
  const channel = fleet.home.config.channels[of?.name ?? '']
  const claim = channel ? claimOf(channel) : null
  if (claim !== null && !isClaimTrusted(fleet, {kind: 'channel', text: claim})) return UNTRUSTED
  const base = (channel?.kind === 'telegram' ? channel.baseUrl : undefined) ?? TELEGRAM
  return requestTo(`${trimmed(base)}/bot${encodeURIComponent(value).replaceAll('%3A', ':')}/getMe`, {})
}

const UNTRUSTED = 'its address waits for a person: mcos trust'

/** null: the engine's maker is asked, or an address that a person of this machine has trusted. */
function whyUntrusted(fleet: Fleet, {of, agent, ref}: ExaminedSecret): string | null {
  const name = of?.name ?? ''
  const engine = fleet.home.config.engines[name]
  const claims = [
    {text: engine ? engineClaimOf(name, engine) : null},
    {...(agent === null ? {} : {agent}), text: agent === null ? null : keyClaimOf(name, ref)},
  ]
  const isWaiting = claims.some(
    ({text, ...who}) => text !== null && !isClaimTrusted(fleet, {...who, kind: 'engine', text}),
  )
  return isWaiting ? UNTRUSTED : null
}

function requestTo(url: string, headers: Readonly<Record<string, string>>): LiveRequest | string {
  return URL.canParse(url) ? {url, host: new URL(url).host, headers} : 'its address is none'
}

function judge(status: number, host: string): LiveAnswer {
  if (status >= 200 && status < 300) return {live: 'accepted', detail: `${host} takes it`}
  if (status === 401 || status === 403) return {live: 'refused', detail: `${host} refuses it (${status})`}
  // Telegram says 404 of a token that it has never given out.
  if (status === 404 && host === new URL(TELEGRAM).host)
    return {live: 'refused', detail: `${host} doesn't know it (404)`}
  return untried(`${host} answered ${status}`)
}

function untried(detail: string): LiveAnswer {
  return {live: 'untried', detail}
}

function trimmed(address: string): string {
  return address.replace(/\/+$/, '')
}
