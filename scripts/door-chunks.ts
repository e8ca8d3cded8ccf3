import type {Plugin} from 'rolldown'

/** Says which of a door's few files a module goes into, as each file more is half a millisecond. */
export interface DoorChunks {
  readonly plugin: Plugin
  isIn(chunk: DoorChunk, module: string): boolean
}

/** `hot`: loaded by every beat. `turn`: loaded as soon as something is due; the rest stays apart. */
export type DoorChunk = 'hot' | 'turn'

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
  const members: Record<DoorChunk, Set<string>> = {hot: new Set(), turn: new Set()}
  return {
    plugin: {
      name: 'door-chunks',
      buildEnd() {
        const all = [...this.getModuleIds()]
        const importsOf = (id: string): readonly string[] => this.getModuleInfo(id)?.importedIds ?? []
        members.hot = reached(
          all.filter((id) => this.getModuleInfo(id)?.isEntry),
          importsOf,
        )
        members.turn = reached(
          all.filter((id) => TURN.some((end) => id.endsWith(end))),
          importsOf,
        )
        for (const id of members.hot) members.turn.delete(id)
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
