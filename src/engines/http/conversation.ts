import type {Step, ToolCall, ToolResult} from '../prompt.js'

/** One side's part of a conversation as every provider wants it: they take turns, and each call has its one result. */
export type Part =
  | {readonly from: 'person'; readonly results: readonly ToolResult[]; readonly texts: readonly string[]}
  | {readonly from: 'model'; readonly text: string; readonly calls: readonly ToolCall[]; readonly native: unknown}

const NOT_DONE = 'This call was not carried out.'

/**
 * Steps as parts that take turns. Names of calls become such as any provider takes and stay apart over the whole
 * conversation; a call without a result gets one that says so, a result without its call becomes text.
 */
export function arrange(steps: readonly Step[], engine: string): Part[] {
  const parts: Part[] = []
  const ids = new IdBook()
  let open: ToolCall[] = []
  let results: ToolResult[] = []
  let texts: string[] = []
  const close = (): void => {
    const missing = open.map(({id, tool}) => ({id, tool, text: NOT_DONE, isError: true}))
    if (results.length + missing.length + texts.length > 0)
      parts.push({from: 'person', results: [...results, ...missing], texts})
    open = []
    results = []
    texts = []
  }
  for (const step of steps) {
    if (step.kind === 'prompt') {
      if (step.text.trim() !== '') texts.push(step.text)
    } else if (step.kind === 'results') {
      for (const result of step.results) {
        const id = ids.answers(result.id)
        const isAsked = open.some((call) => call.id === id)
        if (!isAsked) texts.push(`Result of ${result.tool}: ${result.text}`)
        else results.push({...result, id})
        open = open.filter((call) => call.id !== id)
      }
    } else if (step.text.trim() !== '' || step.calls.length > 0) {
      close()
      const native = step.native?.engine === engine ? step.native.content : undefined
      const calls = ids.take(step.calls, native !== undefined)
      parts.push({from: 'model', text: step.text, calls, native})
      open = [...calls]
    }
  }
  close()
  return parts
}

/** A name that every provider takes for a tool. */
export function safeToolName(tool: string): string {
  return tool.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'unknown'
}

/** Which name a call has on the wire; the same conversation always gives the same ones. */
class IdBook {
  private readonly seen = new Set<string>()
  /** Of the last answer: what its engine called a call, and what it is called here. */
  private last = new Map<string, string>()

  take(calls: readonly ToolCall[], isVerbatim: boolean): ToolCall[] {
    this.last = new Map()
    return calls.map((call) => {
      const id = isVerbatim ? call.id : this.free(call.id.replace(/[^a-zA-Z0-9_-]/g, '_') || 'call')
      this.seen.add(id)
      this.last.set(call.id, id)
      return {...call, id}
    })
  }

  answers(id: string): string {
    return this.last.get(id) ?? id
  }

  private free(id: string): string {
    let candidate = id
    for (let count = 2; this.seen.has(candidate); count++) candidate = `${id}_${count}`
    return candidate
  }
}
