import {isRecord} from '../kit/is-record.js'

/** One line of a transcript: when, and what. What the kinds hold is for those who write and read them. */
export interface TranscriptLine {
  readonly kind: string
  /** ISO time. */
  readonly at: string
}

/** The lines that can be read, and whether the last one was cut off: the process that wrote it was killed. */
export interface TranscriptFile {
  readonly lines: readonly (TranscriptLine & Readonly<Record<string, unknown>>)[]
  readonly isTorn: boolean
  /** Numbers of other lines that can't be read. */
  readonly unreadable: readonly number[]
}

/** Relative to `.mcos`; one file a turn. */
export const TRANSCRIPTS = 'transcripts'

export function transcriptPath(turn: string): string {
  return `${TRANSCRIPTS}/${turn}.jsonl`
}

/** The turn whose transcript a file is, by its name; null for anything else that lies there. */
export function turnOfTranscript(name: string): string | null {
  return /^(t_[0-7][0-9A-HJKMNP-TV-Z]{25})\.jsonl$/.exec(name)?.[1] ?? null
}

/** One whole line, with its newline. */
export function formatTranscriptLine(line: TranscriptLine): string {
  return `${JSON.stringify(line)}\n`
}

/** Reads what is whole; a line that isn't is told by its number and costs no other line. */
export function parseTranscript(text: string): TranscriptFile {
  const sources = text.split('\n')
  const last = sources.pop() ?? ''
  const lines: (TranscriptLine & Readonly<Record<string, unknown>>)[] = []
  const unreadable: number[] = []
  sources.forEach((source, index) => {
    if (source.trim() === '') return
    const line = parseLine(source)
    if (line === null) unreadable.push(index + 1)
    else lines.push(line)
  })
  const rest = last === '' ? null : parseLine(last)
  if (rest !== null) lines.push(rest)
  return {lines, isTorn: last !== '' && rest === null, unreadable}
}

function parseLine(source: string): (TranscriptLine & Readonly<Record<string, unknown>>) | null {
  try {
    const value: unknown = JSON.parse(source)
    if (!isRecord(value)) return null
    const {kind, at} = value
    return typeof kind === 'string' && typeof at === 'string' ? {...value, kind, at} : null
  } catch {
    return null // a half line is no JSON, and is told as unreadable
  }
}
