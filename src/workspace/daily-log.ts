import type {Folder} from '../kit/folder.js'
import {type AgentEntry, agentPaths} from './agents.js'

/** What one turn, or one person, wrote into the day's log. */
export interface LogNote {
  /** 08:30, in the fleet's time zone. */
  readonly time: string
  /** One word: heartbeat, run, chat, note … */
  readonly trigger: string
  /** null when no turn wrote it. */
  readonly turn: string | null
  readonly lines: readonly string[]
}

/** One entry as it stands in a file; what comes before the first heading, and headings of other tools, have no time. */
export interface LogEntry {
  readonly time: string | null
  readonly trigger: string | null
  readonly turn: string | null
  /** The bullets, without their dash. */
  readonly lines: readonly string[]
  /** Every other line that isn't blank, as it is. */
  readonly other: readonly string[]
  /** Of its heading, or of the file's first line. */
  readonly line: number
  /** The exact source: all entries' joined are the file. */
  readonly raw: string
}

/** A file that tells of one day. */
export interface DailyLog {
  readonly path: string
  /** 2026-11-21. */
  readonly date: string
}

const HEADING = /^## (\d\d:\d\d) (\S+)(?: (t_[0-9A-HJKMNP-TV-Z]{26}))?$/
const MAX_DEPTH = 4

/** The text to append: a heading and a bullet for each line; a line's own newlines become indented continuation lines. */
export function formatLogEntry({time, trigger, turn, lines}: LogNote): string {
  const heading = ['##', time, trigger.trim().replace(/\s+/g, '-') || 'note', turn].filter(Boolean).join(' ')
  return `${[heading, ...lines.map((line) => `- ${line.replaceAll('\n', '\n  ')}`)].join('\n')}\n`
}

/** Reads any daily log; nothing in it is an error, and nothing is dropped. */
export function parseLog(text: string): LogEntry[] {
  const entries: OpenEntry[] = []
  const lines = text.split('\n')
  lines.forEach((line, index) => {
    const raw = index === lines.length - 1 ? line : `${line}\n`
    if (raw === '') return
    const isHeading = line.startsWith('## ')
    const open = entries.at(-1)
    if (isHeading || !open) entries.push(openEntry(line, index + 1))
    const entry = entries.at(-1)
    if (!entry) return
    entry.raw += raw
    if (!isHeading) addLine(entry, line)
  })
  return entries.map(({inBullet: _, ...entry}) => entry)
}

/** Every daily log of an agent, oldest first, whatever an earlier tool named it; a link is never followed. */
export function listDailyLogs(files: Folder, agent: AgentEntry): DailyLog[] {
  const found: DailyLog[] = []
  const walk = (folder: string, depth: number): void => {
    for (const entry of files.list(folder)) {
      const path = `${folder}/${entry.name}`
      if (entry.kind === 'folder' && depth < MAX_DEPTH && !entry.name.startsWith('.')) walk(path, depth + 1)
      const date = entry.kind === 'file' && /\.md$/i.test(entry.name) ? dateInName(entry.name) : null
      if (date) found.push({path, date})
    }
  }
  walk(agentPaths(agent).memoryFolder, 1)
  return found.sort((a, b) => compare(a.date, b.date) || compare(a.path, b.path))
}

/** The day a file name tells of: 2026-11-21, 2026-11-21-slug, slug-2026-11-21, 20261121; null when it tells of none. */
export function dateInName(name: string): string | null {
  const match = /(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)/.exec(name) ?? /(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)/.exec(name)
  if (!match) return null
  const date = `${match[1]}-${match[2]}-${match[3]}`
  const time = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : null
}

type OpenEntry = {-readonly [Key in keyof LogEntry]: LogEntry[Key]} & {
  lines: string[]
  other: string[]
  inBullet: boolean
}

function openEntry(line: string, number: number): OpenEntry {
  const [, time = null, trigger = null, turn = null] = HEADING.exec(line) ?? []
  const other = line.startsWith('## ') && time === null ? [line] : []
  return {time, trigger, turn, lines: [], other, line: number, raw: '', inBullet: false}
}

function addLine(entry: OpenEntry, line: string): void {
  const last = entry.lines.length - 1
  if (line.startsWith('- ')) {
    entry.lines.push(line.slice(2))
    entry.inBullet = true
  } else if (entry.inBullet && line.startsWith('  ')) {
    entry.lines[last] += `\n${line.slice(2)}`
  } else {
    entry.inBullet = false
    if (line.trim() !== '') entry.other.push(line)
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
