import type {Plugin} from 'rolldown'

/** Knows which modules a door loads in any case; they go into one file, as each file more is half a millisecond. */
export interface HotChunk {
  readonly plugin: Plugin
  isHot(module: string): boolean
}

/** Follows the static imports from the entries; what is reached by `import()` only stays apart. */
export function hotChunk(): HotChunk {
  const hot = new Set<string>()
  return {
    plugin: {
      name: 'hot-chunk',
      buildEnd() {
        const entries = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry)
        const waiting = [...entries]
        for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
          if (hot.has(id)) continue
          hot.add(id)
          waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []))
        }
      },
    },
    isHot: (module) => hot.has(module),
  }
}
