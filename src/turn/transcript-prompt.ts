import type {Prompt, Step} from '../engines/prompt.js'
import {contentHash} from '../kit/hash.js'

/** What a request adds to the one before it, and the hash of the whole. */
export interface RecordedPrompt {
  readonly hash: string
  /** So many steps are those of the request before. */
  readonly kept: number
  readonly steps: readonly Step[]
  /** Only what is not as it was. */
  readonly tools?: Prompt['tools']
  readonly prefix?: Prompt['prefix']
  readonly maxOutput?: Prompt['maxOutput']
  readonly keep?: Prompt['keep']
}

const REST = ['tools', 'prefix', 'maxOutput', 'keep'] as const

/** The whole of the first request, later only what is new. */
export function recordPrompt(prompt: Prompt, before: Prompt | null): RecordedPrompt {
  const kept = before === null ? 0 : sameSteps(prompt.steps, before.steps)
  const changed = REST.filter((key) => before === null || !isSame(prompt[key], before[key]))
  return {
    hash: hashOfPrompt(prompt),
    kept,
    steps: prompt.steps.slice(kept),
    ...Object.fromEntries(changed.map((key) => [key, prompt[key]])),
  }
}

/** The whole request again; null where a line before it is missing. */
export function restorePrompt(recorded: RecordedPrompt, before: Prompt | null): Prompt | null {
  const {kept, steps, hash} = recorded
  const tools = recorded.tools ?? before?.tools
  const prefix = recorded.prefix ?? before?.prefix
  const maxOutput = recorded.maxOutput ?? before?.maxOutput
  const keep = recorded.keep ?? before?.keep
  if (tools === undefined || prefix === undefined || maxOutput === undefined || keep === undefined) return null
  const prompt = {tools, prefix, steps: [...(before?.steps.slice(0, kept) ?? []), ...steps], maxOutput, keep}
  return hashOfPrompt(prompt) === hash ? prompt : null
}

/** Two requests with the same hash are the same, byte for byte. */
function hashOfPrompt({tools, prefix, steps, maxOutput, keep}: Prompt): string {
  return contentHash(JSON.stringify([tools, prefix, steps, maxOutput, keep]))
}

function sameSteps(steps: readonly Step[], before: readonly Step[]): number {
  const first = steps.findIndex((step, index) => !isSame(step, before[index]))
  return first === -1 ? steps.length : first
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
