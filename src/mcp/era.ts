import {isRecord} from '../kit/is-record.js'
import {type Params, RPC, RpcError} from './message.js'

/** With a handshake that opens a session, or with every request speaking for itself. */
export type Era = 'legacy' | 'modern'

/** Spoken after `initialize`, newest first. */
const LEGACY_VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07'] as const
/** Spoken by a request that names it. */
const MODERN_VERSIONS = ['2026-07-28'] as const

export const VERSIONS: readonly string[] = [...MODERN_VERSIONS, ...LEGACY_VERSIONS]

const VERSION_KEY = 'io.modelcontextprotocol/protocolVersion'
const CLIENT_KEY = 'io.modelcontextprotocol/clientInfo'
const SERVER_KEY = 'io.modelcontextprotocol/serverInfo'

/** Which era a request belongs to, by the version that it names or doesn't; one that nobody here speaks is an error. */
export function eraOf({_meta: meta}: Params): Era {
  const version = isRecord(meta) ? meta[VERSION_KEY] : undefined
  if (version === undefined) return 'legacy'
  if (MODERN_VERSIONS.some((known) => known === version)) return 'modern'
  if (LEGACY_VERSIONS.some((known) => known === version)) return 'legacy'
  const data = {supported: VERSIONS, requested: String(version)}
  throw new RpcError({code: RPC.version, message: 'Unsupported protocol version', data})
}

/** The version that a handshake agrees on: the client's where it is known, else the newest of that era. */
export function agreedVersion(wanted: unknown): string {
  return LEGACY_VERSIONS.find((known) => known === wanted) ?? LEGACY_VERSIONS[0]
}

/** Who a client says it is: from the handshake, or from the request itself. Only for the record. */
export function clientNameIn(params: Params): string | null {
  const meta = params['_meta']
  const info = isRecord(meta) && isRecord(meta[CLIENT_KEY]) ? meta[CLIENT_KEY] : params['clientInfo']
  if (!isRecord(info) || typeof info['name'] !== 'string') return null
  return [info['name'], info['version']].filter((part) => typeof part === 'string').join(' ')
}

/** What a method has found out, before an era puts it into its own words. */
export interface Finding {
  readonly result: Params
  /** How long a client may go on with it; absent: it is no list and no text that could be kept. */
  readonly freshMs?: number
}

export interface ServerInfo {
  readonly name: string
  readonly title: string
  readonly version: string
}

/** A finding as the era's clients expect it. What one agent is told is nobody else's to keep. */
export function encodeResult(era: Era, {result, freshMs}: Finding, server: ServerInfo): Params {
  if (era === 'legacy') return result
  const hints = freshMs === undefined ? {} : {ttlMs: freshMs, cacheScope: 'private'}
  return {...result, ...hints, resultType: 'complete', _meta: {[SERVER_KEY]: server}}
}
