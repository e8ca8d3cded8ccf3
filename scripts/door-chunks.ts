import type {Plugin} from 'rolldown'

/** Says which of a door's few files a module goes into, as each file more is half a millisecond. */
export interface DoorChunks {
  readonly plugin: Plugin
  isIn(chunk: DoorChunk, module: string): boolean
}

/**
 * `shared`: loaded by every door. `hot`: by every beat besides. `turn`: as soon as something is due; the rest stays apart.
 * `call`: by the hook that stands before every call of a coding agent.
 */
export type DoorChunk = 'shared' | 'hot' | 'turn' | 'call'

/** What a beat reaches by `import()` once something is due, nearly every time. */
const TURN = [
  'heartbeat/beat-under-lock',
  'heartbeat/commit-turns',
  'heartbeat/read-law',
  'probes/inbox',
  'probes/files',
  'schedule/due',
  'history/collect',
].map((module) => `/src/${module}.ts`)

/** Follows the static imports: from the entries, then from what a turn begins with. */
export function doorChunks(): DoorChunks {
  const members: Record<DoorChunk, Set<string>> = {shared: new Set(), hot: new Set(), turn: new Set(), call: new Set()}
  return {
    plugin: {
      name: 'door-chunks',
      buildEnd() {
        const all = [...this.getModuleIds()]
        const importsOf = (id: string): readonly string[] => this.getModuleInfo(id)?.importedIds ?? []
        const ending = (ends: readonly string[]): string[] => all.filter((id) => ends.some((end) => id.endsWith(end)))
        members.hot = reached(ending(['/src/cli/heartbeat-door.ts']), importsOf)
        members.call = reached(ending(['/src/cli/hook-door.ts']), importsOf)
        members.turn = reached(ending(TURN), importsOf)
        members.shared = new Set([...members.hot].filter((id) => members.call.has(id)))
        for (const id of members.shared) for (const name of ['hot', 'call', 'turn'] as const) members[name].delete(id)
        // What the hook needs at every call and a turn now and then lies with the hook.
        for (const id of members.hot) members.turn.delete(id)
        for (const id of members.call) members.turn.delete(id)
      },
    },
    isIn: (chunk, module) => members[chunk].has(module),
  }
}

function reached(from: readonly string[], importsOf: (id: string) => readonly string[]): Set<string> {
  const found = new Set<string>()
  const waiting = [...from]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue
    found.add(id)
    waiting.push(...importsOf(id))
  }
  return found
}
