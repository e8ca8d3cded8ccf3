import type {ClaimedUsage, Prompt, Step} from '../engines/engine.js'
import {estimateTokens} from './tokens.js'

interface Known {
  /** Steps of the prompt that was measured, its answer included. */
  readonly steps: number
  /** Tokens of all that, by the provider's own count. */
  readonly tokens: number
  /** How much more than the estimate the provider counted; at least 1. */
  readonly ratio: number
}

/**
 * How large a request is, before it is sent: what the engine counted of the last one and an estimate of what has come
 * since. Each engine counts in its own way, so each is remembered by itself.
 */
export class Measure {
  private readonly known = new Map<string, Known>()

  /** Tokens of the whole request. */
  sizeOf(engine: string, prompt: Prompt): number {
    const known = this.known.get(engine)
    if (!known || known.steps > prompt.steps.length) return Math.ceil(estimatePrompt(prompt) * (known?.ratio ?? 1))
    return known.tokens + Math.ceil(estimateSteps(prompt.steps.slice(known.steps)) * known.ratio)
  }

  /** Takes note of what the engine counted; null where it didn't say. */
  learn(engine: string, prompt: Prompt, usage: ClaimedUsage | null): void {
    if (usage?.input == null) return
    const estimate = estimatePrompt(prompt)
    // Some servers leave out what they have cached, and a context that seems small would never be cut.
    const input = Math.max(usage.input + usage.cacheRead + usage.cacheWrite, estimate / 2)
    const ratio = Math.min(Math.max(input / Math.max(estimate, 1), 1), 4)
    this.known.set(engine, {steps: prompt.steps.length + 1, tokens: Math.ceil(input) + (usage.output ?? 0), ratio})
  }

  /** A context that is begun anew has nothing measured in it; how an engine counts stays known. */
  restart(): void {
    for (const [engine, {ratio}] of this.known)
      this.known.set(engine, {steps: Number.POSITIVE_INFINITY, tokens: 0, ratio})
  }
}

/** The whole of a request by estimate alone. */
export function estimatePrompt({tools, prefix, steps}: Prompt): number {
  return estimateTokens(JSON.stringify(tools)) + estimateTokens(prefix) + estimateSteps(steps)
}

function estimateSteps(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + estimateTokens(textOf(step)), 0)
}

function textOf(step: Step): string {
  switch (step.kind) {
    case 'prompt':
      return step.text
    case 'answer':
      return `${step.text}${step.calls.map(({tool, input}) => `${tool}${JSON.stringify(input)}`).join('')}`
    case 'results':
      return step.results.map(({text}) => text).join('')
  }
}
