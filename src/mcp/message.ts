import {isRecord} from '../kit/is-record.js'

export type RequestId = string | number

export type Params = Readonly<Record<string, unknown>>

/** What a line of a client comes to. */
export type ClientMessage =
  | {readonly kind: 'request'; readonly id: RequestId; readonly method: string; readonly params: Params}
  | {readonly kind: 'notification'; readonly method: string; readonly params: Params}
  /** An answer to a question that this server never asks. */
  | {readonly kind: 'response'}
  | {readonly kind: 'broken'; readonly id: RequestId | null; readonly failure: RpcFailure}

/** Why a request gets an error in place of a result; the numbers are those of JSON-RPC and of MCP. */
export interface RpcFailure {
  readonly code: number
  readonly message: string
  readonly data?: unknown
}

export const RPC = {
  parse: -32700,
  invalidRequest: -32600,
  noMethod: -32601,
  invalidParams: -32602,
  internal: -32603,
  /** Older eras only; the newer one takes `invalidParams` for it. */
  noResource: -32002,
  version: -32022,
} as const

/** Thrown by a method that has no result. */
export class RpcError extends Error {
  constructor(readonly failure: RpcFailure) {
    super(failure.message)
  }
}

/** Reads one line of JSON-RPC 2.0. Batches were taken out of MCP again, so a list is no message. */
export function parseMessage(text: string): ClientMessage {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Whoever sent it is told, and the next line is read.
    return broken(null, RPC.parse, 'this line is no JSON')
  }
  if (!isRecord(value)) return broken(null, RPC.invalidRequest, 'a message is one JSON object a line')
  const id = idOf(value['id'])
  if (value['jsonrpc'] !== '2.0') return broken(id, RPC.invalidRequest, '"jsonrpc" has to be "2.0"')
  const {method, params = {}} = value
  if (method === undefined && ('result' in value || 'error' in value)) return {kind: 'response'}
  if (typeof method !== 'string') return broken(id, RPC.invalidRequest, '"method" has to be a text')
  const hasId = 'id' in value
  if (hasId && id === null) return broken(null, RPC.invalidRequest, '"id" has to be a text or a whole number')
  if (!isRecord(params)) return broken(id, RPC.invalidParams, '"params" has to be an object')
  return id === null ? {kind: 'notification', method, params} : {kind: 'request', id, method, params}
}

/** One line, as a client reads it. */
export function formatResult(id: RequestId, result: Params): string {
  return `${JSON.stringify({jsonrpc: '2.0', id, result})}\n`
}

/** The same for a failure; null: it isn't known which request it answers. */
export function formatFailure(id: RequestId | null, error: RpcFailure): string {
  return `${JSON.stringify({jsonrpc: '2.0', id, error})}\n`
}

export function formatNotification(method: string, params: Params): string {
  return `${JSON.stringify({jsonrpc: '2.0', method, params})}\n`
}

function idOf(value: unknown): RequestId | null {
  return typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value)) ? value : null
}

function broken(id: RequestId | null, code: number, message: string): ClientMessage {
  return {kind: 'broken', id, failure: {code, message}}
}
