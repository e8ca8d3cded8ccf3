import type {Plugin} from 'rolldown'

/** Says which of a door's few files a module goes into, as each file more is half a millisecond. */
export interface DoorChunks {
  readonly plugin: Plugin
  isIn(chunk: DoorChunk, module: string): boolean
}

/**
 * `hot`: loaded by every beat and by `mcos status`. `turn`: by a beat as soon as something is due; the rest stays apart.
 * `look`: by `mcos status`. `screen`: by that on a terminal, before its first frame. `call`: by the hook that stands
 * before every call of a coding agent. `model`: by a turn that asks one, and `anthropic`: where the API is theirs.
 */
export type DoorChunk = 'hot' | 'look' | 'turn' | 'screen' | 'call' | MailChunk | 'model' | 'anthropic'

/** What a beat loads that asks its mailboxes: to find nothing new, and for new mail; and the part of both that speaks IMAP. */
type MailChunk = 'mail-look' | 'imap-look' | 'mail-new' | 'imap-new'

/** Doors that are bundled together, and their chunks. */
export interface DoorFamily {
  isOf(door: string): boolean
  /** In the order in which they are filled: each takes what its modules need along, unless an earlier one has it. */
  readonly chunks: readonly DoorChunk[]
}

/** The hook shares no file with the others: one alone, in which nothing is looked up elsewhere, is the quickest to load. */
export const DOOR_FAMILIES: readonly DoorFamily[] = [
  {
    isOf: (door) => door !== 'hook',
    chunks: ['hot', 'look', 'turn', 'screen', 'mail-look', 'imap-look', 'mail-new', 'imap-new', 'model', 'anthropic'],
  },
  {isOf: (door) => door === 'hook', chunks: ['call']},
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

const MAIL_CHUNKS = Object.keys(MAIL) as MailChunk[]

/** What `mcos status` reaches by `import()`: piped, and on a terminal. */
const LOOK = ['commands/status-door', 'app/status', 'present/status', 'cli/output'].map((module) => `/src/${module}.ts`)
const SCREEN = ['/src/tui/status/run-status-screen.tsx', '/src/cli/status-hands.ts']

/** The tools that a model is told of. */
const TOOLS =
  'read-file list-folder search-files write-file send-message remember workstate create-task raise-alert answer-alert run-program http-get guardrails mail'

/** What a turn reaches by `import()` once it asks a model. */
const MODEL = [
  ...['turn/model-turn', 'turn/redact', 'turn/redact-plan', 'turn/model-secrets', 'turn/approval-marks'],
  ...['turn/underway', 'app/engines/open-engine', 'app/usage/fold-usage'],
  ...TOOLS.split(' ').map((tool) => `turn/tools/${tool}`),
].map((module) => `/src/${module}.ts`)
const ANTHROPIC = ['/src/engines/anthropic/open-anthropic.ts', '/src/engines/anthropic/client.ts']

const BEGINNINGS: Readonly<Record<DoorChunk, readonly string[]>> = {
  hot: ['/src/cli/heartbeat-door.ts'],
  look: LOOK,
  turn: TURN,
  screen: SCREEN,
  call: ['/src/cli/hook-door.ts'],
  ...MAIL,
  model: MODEL,
  anthropic: ANTHROPIC,
}

/** Follows the static imports, from where each chunk begins. */
export function doorChunks({chunks}: DoorFamily): DoorChunks {
  const members = new Map<DoorChunk, Set<string>>()
  return {
    plugin: {
      name: 'door-chunks',
      buildEnd() {
        const all = [...this.getModuleIds()]
        const importsOf = (id: string): readonly string[] => this.getModuleInfo(id)?.importedIds ?? []
        const ending = (ends: readonly string[]): string[] => all.filter((id) => ends.some((end) => id.endsWith(end)))
        for (const name of chunks) members.set(name, reached(ending(BEGINNINGS[name]), importsOf))
        const common = (one: DoorChunk, other: DoorChunk): string[] =>
          [...(members.get(one) ?? [])].filter((id) => members.get(other)?.has(id))
        // Little, and not worth a file of its own; nor does a turn load a whole screen for the little that it shares with it.
        for (const id of common('look', 'turn')) members.get('hot')?.add(id)
        for (const id of common('model', 'screen')) members.get('look')?.add(id)
        for (const id of MAIL_CHUNKS.flatMap((chunk) => common('model', chunk))) members.get('turn')?.add(id)
        for (const [place, name] of chunks.entries())
          for (const later of chunks.slice(place + 1))
            for (const id of members.get(name) ?? []) members.get(later)?.delete(id)
      },
    },
    isIn: (chunk, module) => members.get(chunk)?.has(module) === true,
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
