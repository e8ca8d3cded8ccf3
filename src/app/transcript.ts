import {EXIT, UserError} from '../kit/errors.js'
import {matchPrefix} from '../kit/ids.js'
import {listTranscripts, readTranscript} from '../turn/transcript.js'
import {eventsOf, type RecordedEvent, type RecordedStart} from '../turn/transcript-events.js'
import type {Fleet} from '../workspace/fleet.js'
import type {TranscriptFile} from '../workspace/transcript-file.js'

/** What a turn sent, heard and did; the keys are a promise to programs. */
export interface TranscriptPage {
  readonly turn: string
  readonly agent: string
  readonly trigger: string
  /** With whom it was a conversation; null: the agent's own work. */
  readonly with: string | null
  /** The commit that the home stood at when it began. */
  readonly commit: string | null
  /** Why it was over; null: it still runs, or was killed. */
  readonly ended: string | null
  /** Whether the last line was cut off in the middle. */
  readonly torn: boolean
  /** Numbers of lines that can't be read. */
  readonly unreadable: readonly number[]
  /** Every line as it stands in the file: of a request after the first only what is new, with the hash of the whole. */
  readonly events: TranscriptFile['lines']
}

/** One transcript with its events, requests whole again. */
export interface Transcribed {
  readonly page: TranscriptPage
  readonly start: RecordedStart
  readonly events: readonly RecordedEvent[]
}

/** The transcript of the turn that begins with what a person typed; a turn without a commit has one too. */
export function openTranscriptOf({mcos}: Pick<Fleet, 'mcos'>, typed: string): Transcribed {
  const prefix = /^t_/i.test(typed) ? typed.slice(2) : typed
  const list = 'mcos history; a turn that asked no model has no transcript, and after 90 days it goes'
  const turn = matchPrefix(listTranscripts(mcos), prefix === '' ? '' : `t_${prefix}`, {
    what: 'transcript of a turn',
    list,
  })
  const file = readTranscript(mcos, turn)
  const events = eventsOf(file ?? {lines: []})
  const start = events.find((event) => event.kind === 'start')
  if (file === null || start === undefined) throw withoutBeginning(turn)
  const end = events.findLast((event) => event.kind === 'end')
  const flushed = events.some((event) => event.kind === 'flush')
  const page = {
    turn,
    agent: start.agent,
    trigger: start.trigger,
    with: start.with,
    commit: start.commit,
    ended: end?.why ?? (flushed ? 'flushed' : null),
    torn: file.isTorn,
    unreadable: file.unreadable,
    events: file.lines,
  }
  return {page, start, events}
}

function withoutBeginning(turn: string): UserError {
  return new UserError(`The transcript of ${turn} has lost its beginning.`, {
    code: 'TRANSCRIPT_DAMAGED',
    fix: `Read .mcos/transcripts/${turn}.jsonl as it is, or: mcos show ${turn}`,
    exit: EXIT.failed,
  })
}
