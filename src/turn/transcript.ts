import type {Prompt} from '../engines/prompt.js'
import type {Clock} from '../kit/clock.js'
import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {idTime} from '../kit/ids.js'
import type {Heard} from '../memory/workstate/heard.js'
import {
  formatTranscriptLine,
  parseTranscript,
  TRANSCRIPTS,
  type TranscriptFile,
  transcriptPath,
  turnOfTranscript,
} from '../workspace/transcript-file.js'
import type {TurnEvent, TurnListener} from './events.js'
import type {Redactor} from './redact.js'
import {recordPrompt} from './transcript-prompt.js'
import type {TurnInput} from './turn-input.js'

/** What a transcript says at its beginning besides who and why. */
export interface TranscriptFacts {
  readonly clock: Clock
  /** Names of the route. */
  readonly engines: readonly string[]
  /** What came up, before the first word: what a person asked, and messages. */
  readonly told: readonly Heard[]
  /** What the turn was handed, for a replay. */
  readonly given: Given
  /** The commit that the home stands at; asked again when the work goes on in another turn. */
  head(): string | null
}

/** What a turn is handed that isn't in any file: with it and its commit, the same turn can be taken again. */
export interface Given extends Pick<TurnInput, 'ceilings' | 'againInMs' | 'steps'> {
  /** What HEARTBEAT.md says is read again. */
  readonly occasion: Omit<TurnInput['occasion'], 'heartbeat'> & {readonly isHeartbeat: boolean}
}

/** What is kept of a turn's input. */
export function givenOf({occasion, ceilings, againInMs, steps}: TurnInput): Given {
  const {heartbeat, ...rest} = occasion
  return {occasion: {...rest, isHeartbeat: heartbeat !== null}, ceilings, againInMs, steps}
}

/** Writes down what happens, as it happens; a listener like any other. */
export interface Transcript {
  readonly write: TurnListener
}

/** What acts outside the files: it is on the disk that it was about to be done before it is done. */
export const OUTSIDE_TOOLS: readonly string[] = ['http_get', 'run', 'mcp_call', 'mcp_tools', 'mail_read', 'mail_do']

const KEPT_DAYS = 90

/** One file a turn, begun by its `start`; after a flush the work goes on in another turn, and in that one's file. */
export function openTranscript(mcos: Folder, facts: TranscriptFacts, redactor: Redactor): Transcript {
  let turn: string | null = null
  let before: Prompt | null = null
  const append = <Line extends {readonly kind: string}>(line: Line, sync: boolean): void => {
    if (turn === null) throw new Error(`a turn begins with its start, not with ${line.kind}`)
    const at = new Date(facts.clock.now()).toISOString()
    mcos.append(transcriptPath(turn), formatTranscriptLine({...redactor.value(line), at}), {mode: 0o600, sync})
  }
  return {
    write(event) {
      // A piece of an answer stands in its reply; the whole is what counts.
      if (event.kind === 'text' || event.kind === 'verdict') return
      if (event.kind === 'start') {
        const continues = turn
        turn = event.turn
        before = null
        if (continues === null) sweepTranscripts(mcos)
        const {engines, told, given} = facts
        const begins: object = continues === null ? {told, given} : {continues}
        append({...event, engines, commit: facts.head(), ...begins}, true)
      } else if (event.kind === 'request') {
        const prompt = redactor.value(event.prompt)
        const {engine, tokens, window} = event
        append({kind: 'request', engine, tokens, window, ...recordPrompt(prompt, before)}, false)
        before = prompt
      } else append(event, needsSync(event))
    },
  }
}

/** The transcript of one turn; null where there is none, as of a turn by rules alone or one that was swept away. */
export function readTranscript(mcos: Folder, turn: string): TranscriptFile | null {
  const text = mcos.readText(transcriptPath(turn))
  return text === null ? null : parseTranscript(text)
}

/** All turns that have one, oldest first. */
export function listTranscripts(mcos: Folder): string[] {
  if (mcos.stat(TRANSCRIPTS)?.kind !== 'folder') return []
  return mcos.list(TRANSCRIPTS).flatMap(({name, kind}) => (kind === 'file' ? (turnOfTranscript(name) ?? []) : []))
}

/** Turns whose transcripts are past their age. The newest days are kept, by their number, as of receipts: a clock that jumps ahead makes none of them old. */
export function oldTranscripts(mcos: Folder): string[] {
  const dayOf = (turn: string) => Math.floor(idTime(turn) / 86_400_000)
  const turns = listTranscripts(mcos)
  const days = [...new Set(turns.map(dayOf))].sort((one, other) => one - other)
  const oldest = days.at(-KEPT_DAYS) ?? Number.NEGATIVE_INFINITY
  return turns.filter((turn) => dayOf(turn) < oldest)
}

/** Removes them; nobody waits for it. */
export function sweepTranscripts(mcos: Folder): void {
  try {
    for (const turn of oldTranscripts(mcos)) mcos.remove(transcriptPath(turn), {sync: false})
  } catch (error) {
    // Another user's file, say: the turn goes on, and the next one tries again.
    if (!isUserError(error)) throw error
  }
}

function needsSync(event: TurnEvent): boolean {
  if (event.kind === 'call') return OUTSIDE_TOOLS.includes(event.call.tool)
  return event.kind === 'end' || event.kind === 'flush'
}
