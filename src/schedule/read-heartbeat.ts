import {decodeText} from '../kit/decode.js'
import type {HeartbeatFile} from './check.js'
import {parseHeartbeat} from './parse-heartbeat.js'

/** Reads a HEARTBEAT.md as it lies on the disk, in whatever encoding; what had to be mended is among the warnings. */
export function readHeartbeat(bytes: Uint8Array, file: string): HeartbeatFile {
  const {text, warnings} = decodeText(bytes)
  const parsed = parseHeartbeat(text, file)
  return {...parsed, warnings: [...warnings.map((message) => ({line: 1, message})), ...parsed.warnings]}
}
