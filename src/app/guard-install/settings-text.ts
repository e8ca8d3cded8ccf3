import {unreadable} from '../../kit/errors.js'
import {isRecord} from '../../kit/is-record.js'
import {type CodingAgent, HOOK_DIALECTS} from './coding-agents.js'
import {hookEntry, isOurHandler, type Starter} from './hook-entry.js'
import {addMember, removeMembers} from './json-edit.js'
import {type JsonNode, parseJsonText} from './json-text.js'

export interface SettingsPlace {
  readonly host: CodingAgent
  /** For messages. */
  readonly file: string
}

/** A host's settings with our hooks in them, and everything else as it was; the same text where they are there. */
export function withHooks(text: string | null, place: SettingsPlace, starter: Starter): string {
  const {events} = HOOK_DIALECTS[place.host]
  const wanted = Object.keys(events).map((event) => [event, hookEntry(place.host, event, starter)] as const)
  if (text === null || text.trim() === '') {
    return `${JSON.stringify({hooks: Object.fromEntries(wanted.map(([event, entry]) => [event, [entry]]))}, null, 2)}\n`
  }
  if (holdsExactly(text, place, wanted)) return text
  let now = withoutHooks(text, place)
  for (const [event, entry] of wanted) now = addEntry(now, place, {event, entry})
  return now
}

/** A host's settings without any hook of ours; what held nothing else goes with it. */
export function withoutHooks(text: string, place: SettingsPlace): string {
  if (text.trim() === '') return text
  let now = text
  for (;;) {
    const root = read(now, place)
    const next = removeOne(now, root)
    if (next === null) return now
    now = next
  }
}

/** Whether nothing is left in a settings file. */
export function isEmptySettings(text: string, place: SettingsPlace): boolean {
  return text.trim() === '' || read(text, place).properties.length === 0
}

/** The words of our hooks that a host's settings call, such as `pre-tool-use`. */
export function handlersIn(text: string, place: SettingsPlace): readonly {event: string; handler: unknown}[] {
  if (text.trim() === '') return []
  return groupsIn(read(text, place)).flatMap(({event, group}) =>
    handlersOf(group)
      .map(({value}) => value)
      .filter(isOurHandler)
      .map((handler) => ({event, handler})),
  )
}

type Wanted = readonly (readonly [string, Record<string, unknown>])[]

function holdsExactly(text: string, place: SettingsPlace, wanted: Wanted): boolean {
  const ours = groupsIn(read(text, place)).filter(({group}) => handlersOf(group).some(({value}) => isOurHandler(value)))
  const shape = (all: readonly (readonly [string, unknown])[]): string =>
    all
      .map((one) => JSON.stringify(one))
      .sort()
      .join('\n')
  return shape(ours.map(({event, group}) => [event, group.value])) === shape(wanted)
}

function addEntry(text: string, place: SettingsPlace, {event, entry}: {event: string; entry: unknown}): string {
  const root = read(text, place)
  const hooks = property(root, 'hooks')
  if (hooks === null) return addMember(text, root, {key: 'hooks', value: {[event]: [entry]}})
  insistOn(hooks, 'an object of events', {text, place, isFit: isRecord(hooks.value)})
  const list = property(hooks, event)
  if (list === null) return addMember(text, hooks, {key: event, value: [entry]})
  insistOn(list, `a list under ${event}`, {text, place, isFit: Array.isArray(list.value)})
  return addMember(text, list, {value: entry})
}

/** Takes one thing out; null: nothing of ours is left. */
function removeOne(text: string, root: JsonNode): string | null {
  const hooks = property(root, 'hooks')
  if (hooks === null) return null
  for (const {key, start, end, node: list} of hooks.properties) {
    for (const group of list.elements) {
      const handlers = property(group, 'hooks')
      const gone = handlersOf(group).filter(({value}) => isOurHandler(value))
      if (handlers === null || gone.length === 0) continue
      if (gone.length < handlers.elements.length) return removeMembers(text, handlers, gone)
      if (list.elements.length > 1) return removeMembers(text, list, [group])
      if (hooks.properties.length === 1)
        return removeMembers(
          text,
          root,
          root.properties.filter((one) => one.key === 'hooks'),
        )
      const emptied = hooks.properties.find((one) => one.key === key && one.start === start && one.end === end)
      return emptied ? removeMembers(text, hooks, [emptied]) : null
    }
  }
  return null
}

function groupsIn(root: JsonNode): {event: string; group: JsonNode}[] {
  const events = property(root, 'hooks')?.properties ?? []
  return events.flatMap(({key, node}) => node.elements.map((group) => ({event: key, group})))
}

function handlersOf(group: JsonNode): readonly JsonNode[] {
  return property(group, 'hooks')?.elements ?? []
}

function property(node: JsonNode, key: string): JsonNode | null {
  return node.properties.find((one) => one.key === key)?.node ?? null
}

function read(text: string, place: SettingsPlace): JsonNode {
  const {comments} = HOOK_DIALECTS[place.host]
  const root = parseJsonText(text, {file: place.file, comments})
  insistOn(root, 'an object', {text, place, isFit: isRecord(root.value)})
  return root
}

function insistOn(
  node: JsonNode,
  expected: string,
  {text, place, isFit}: {text: string; place: SettingsPlace; isFit: boolean},
): void {
  if (isFit) return
  const line = text.slice(0, node.start).split('\n').length
  const got = text.slice(node.start, Math.min(node.end, node.start + 20))
  const fix = 'Put that right by hand; until then nothing is written there.'
  throw unreadable({file: place.file, line}, {expected, got, fix})
}
