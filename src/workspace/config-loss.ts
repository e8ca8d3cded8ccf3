import {isDeepStrictEqual} from 'node:util'
import type {FleetConfig} from './config.js'

/**
 * What the committed config sets and the one on disk no longer does: a budget, a person, a page rule. To take something
 * away from mcos.yaml can widen what agents may spend or whom nobody pages, and a damaged file looks just the same; so
 * whoever reads these names knows what must not be taken for a decision before it is committed.
 */
export function lostSince(committed: FleetConfig, disk: FleetConfig): string[] {
  return SECTIONS.flatMap((section) => lostIn(section, committed[section], disk[section]))
}

const SECTIONS = [
  'host',
  'timezone',
  'people',
  'page',
  'ping',
  'engines',
  'routes',
  'budgets',
  'context',
  'mail',
  'channels',
  'mcp',
  'git',
  'agents',
] as const

/** Values that a missing key comes to. */
const UNSET: Readonly<Record<string, unknown>> = {timezone: 'UTC', 'context.flushAt': 0.85}

function lostIn(path: string, before: unknown, now: unknown): string[] {
  if (isUnset(path, before) || isDeepStrictEqual(before, now)) return []
  if (isUnset(path, now)) return [path]
  if (!isMap(before) || !isMap(now)) return []
  return Object.entries(before).flatMap(([key, value]) => lostIn(`${path}.${key}`, value, now[key]))
}

function isUnset(path: string, value: unknown): boolean {
  if (value === null || value === undefined || (path in UNSET && isDeepStrictEqual(UNSET[path], value))) return true
  if (Array.isArray(value)) return value.length === 0
  return isMap(value) && Object.values(value).every((inner) => inner === null)
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
