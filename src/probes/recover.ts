import {cleanLine, shorten} from '../kit/text.js'
import {type CommandContext, lastLine, runTrusted} from './run-trusted.js'

/** What became of one attempt to put something right. */
export interface Recovery {
  /** `refused`: it was not even started. Whether anything is mended only the probe can say. */
  readonly outcome: 'done' | 'failed' | 'refused'
  /** One clean sentence for the log and the page. */
  readonly detail: string
}

/** Runs a check's `recover:` span; the caller sees to it that this happens once an outage. Never throws. */
export async function runRecover(text: string, context: CommandContext): Promise<Recovery> {
  const ran = await runTrusted('recover', text, context)
  if (ran.kind === 'refused') return {outcome: 'refused', detail: present(ran.why)}
  const {result} = ran
  if (result.timedOut) return {outcome: 'failed', detail: `it did not end within ${context.timeoutMs / 1000} s`}
  if (context.signal.aborted) return {outcome: 'failed', detail: 'the beat ended first'}
  const said = lastLine(result)
  if (result.code === 0) return {outcome: 'done', detail: present(said || 'it ended well and said nothing')}
  const end = result.code === null ? `it was ended by ${result.signal}` : `exit ${result.code}`
  return {outcome: 'failed', detail: present(said ? `${end}: ${said}` : end)}
}

function present(text: string): string {
  return shorten(cleanLine(text), 300)
}
