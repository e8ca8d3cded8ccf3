import {unreadable} from '../../../kit/errors.js'
import {isRecord} from '../../../kit/is-record.js'
import {addMember, removeMembers} from '../../guard-install/json-edit.js'
import {type JsonNode, type JsonProperty, parseJsonText} from '../../guard-install/json-text.js'
import type {SettingsPlace} from './client-programs.js'

type Entry = Readonly<Record<string, unknown>>
type Place = Pick<SettingsPlace, 'file' | 'comments' | 'under'>

/** JSON settings with this server among the others, and every other character as it was. */
export function withJsonServer(text: string | null, place: Place, {name, entry}: {name: string; entry: Entry}): string {
  const bare = text === null || text.trim() === '' ? '{}\n' : text
  if (JSON.stringify(jsonServer(bare, place, name)) === JSON.stringify(entry)) return bare
  const without = withoutJsonServer(bare, place, name)
  const {node, missing} = walk(read(without, place), place, without)
  const [key = name, ...below] = [...missing, name]
  const value = below.reduceRight<unknown>((inner, one) => ({[one]: inner}), entry)
  return addMember(without, node, {key, value})
}

/** The server with the keys that lead to it, for people. */
export function formatJsonServer({under}: Pick<Place, 'under'>, {name, entry}: {name: string; entry: Entry}): string {
  const whole = [...under, name].reduceRight<unknown>((inner, key) => ({[key]: inner}), entry)
  return `${JSON.stringify(whole, null, 2)}\n`
}

/** The same without it; what held nothing else goes with it. */
export function withoutJsonServer(text: string, place: Place, name: string): string {
  if (text.trim() === '') return text
  const root = read(text, place)
  const {node, missing, way} = walk(root, place, text)
  const own = node.properties.find(({key}) => key === name)
  if (missing.length > 0 || own === undefined) return text
  // The innermost that holds something else; whatever is around the server alone goes with it.
  let [holder, gone]: [JsonNode, JsonProperty] = [node, own]
  for (const {parent, property} of [...way].reverse()) {
    if (holder.properties.length > 1) break
    ;[holder, gone] = [parent, property]
  }
  return removeMembers(text, holder, [gone])
}

/** The server of that name as it stands there; null: there is none. */
export function jsonServer(text: string, place: Place, name: string): unknown {
  if (text.trim() === '') return null
  const {node, missing} = walk(read(text, place), place, text)
  return missing.length > 0 ? null : (node.properties.find(({key}) => key === name)?.node.value ?? null)
}

interface Walked {
  /** The last node that is there. */
  readonly node: JsonNode
  /** Keys that are not. */
  readonly missing: readonly string[]
  readonly way: readonly {readonly parent: JsonNode; readonly property: JsonProperty}[]
}

function walk(root: JsonNode, {file, under}: Place, text: string): Walked {
  const way: {parent: JsonNode; property: JsonProperty}[] = []
  let node = root
  for (const [index, key] of under.entries()) {
    const property = node.properties.find((one) => one.key === key)
    if (property === undefined) return {node, missing: under.slice(index), way}
    if (!isRecord(property.node.value)) throw noObject(file, text, property)
    way.push({parent: node, property})
    node = property.node
  }
  return {node, missing: [], way}
}

function read(text: string, {file, comments}: Place): JsonNode {
  const root = parseJsonText(text, {file, comments})
  if (!isRecord(root.value))
    throw noObject(file, text, {key: 'the settings', start: root.start, end: root.end, node: root})
  return root
}

function noObject(file: string, text: string, {key, start, node}: JsonProperty): Error {
  const line = text.slice(0, start).split('\n').length
  const got = text.slice(node.start, Math.min(node.end, node.start + 20))
  const fix = 'Put that right by hand; until then nothing is written there.'
  return unreadable({file, line}, {expected: `an object (${key})`, got, fix})
}
