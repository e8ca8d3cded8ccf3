import type {Plugin} from 'rolldown'

/** Says which of a door's few files a module goes into, as each file more is half a millisecond. */
export interface DoorChunks {
  readonly plugin: Plugin
  isIn(chunk: DoorChunk, module: string): boolean
}

/**
 * `shared`: loaded by every door. `hot`: by every beat besides. `turn`: as soon as something is due; the rest stays apart.
 * `call`: by the hook that stands before every call of a coding agent. `guard`: by that and by a turn. `look`: by
 * `mcos status`. `screen`: by that on a terminal, before its first frame.
 */
export type DoorChunk = 'shared' | 'hot' | 'guard' | 'call' | 'look' | 'turn' | 'screen' | MailChunk

/** What a beat loads that asks its mailboxes: to find nothing new, and for new mail; and the part of both that speaks IMAP. */
type MailChunk = 'mail-look' | 'imap-look' | 'mail-new' | 'imap-new'

/** In the order in which they are filled: each takes what its modules need along, unless an earlier one has it. */
export const DOOR_CHUNKS: readonly DoorChunk[] = [
  ...(['shared', 'hot', 'guard', 'call', 'look', 'turn', 'screen'] as const),
  ...(['mail-look', 'imap-look', 'mail-new', 'imap-new'] as const),
]

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

/** What a beat reaches by `import()` once a check asks for mail; the vendor's client is one of them. */
const MAIL: Readonly<Record<MailChunk, readonly string[]>> = {
  'mail-look': [
    ...['/src/turn/triage/triage.ts', '/src/turn/triage/untold-mail.ts'],
    ...['/src/heartbeat/commit-part.ts', '/src/heartbeat/page-told.ts', '/src/probes/mail.ts'],
  ],
  'imap-look': [
    '/src/mail/imap/open-imap.ts',
    '/imapflow/dist/esm/imap-flow.js',
    '/imapflow/dist/esm/imap-commands.js',
  ],
  'mail-new': ['/src/turn/triage/judge-mails.ts', '/src/turn/triage/commit-triage.ts', '/src/mail/parse/parse-mime.ts'],
  'imap-new': ['/src/mail/imap/read-folder.ts'],
}

/** What `mcos status` reaches by `import()`: piped, and on a terminal. */
const LOOK = ['commands/status-door', 'app/status', 'present/status', 'cli/output'].map((module) => `/src/${module}.ts`)
const SCREEN = ['/src/tui/status/run-status-screen.tsx', '/src/cli/status-hands.ts']

/** Follows the static imports: from the entries, then from what a turn begins with. */
export function doorChunks(): DoorChunks {
  const members = Object.fromEntries(DOOR_CHUNKS.map((name) => [name, new Set()])) as Record<DoorChunk, Set<string>>
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
        members.look = reached(ending(LOOK), importsOf)
        members.screen = reached(ending(SCREEN), importsOf)
        for (const [name, modules] of Object.entries(MAIL))
          members[name as MailChunk] = reached(ending(modules), importsOf)
        const common = (one: DoorChunk, other: DoorChunk): Set<string> =>
          new Set([...members[one]].filter((id) => members[other].has(id)))
        // Little, and not worth a file of its own.
        for (const other of ['turn', 'call'] as const) for (const id of common('look', other)) members.hot.add(id)
        members.shared = common('hot', 'call')
        members.guard = common('call', 'turn')
        for (const [place, name] of DOOR_CHUNKS.entries())
          for (const later of DOOR_CHUNKS.slice(place + 1)) for (const id of members[name]) members[later].delete(id)
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
