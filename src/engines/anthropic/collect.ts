import {isRecord} from '../../kit/is-record.js'
import type {ClaimedUsage, ToolCall} from '../engine.js'
import {callFrom} from '../http/arguments.js'
import {usageOf} from './usage.js'
import type {ContentBlock} from './wire.js'

type Fields = Readonly<Record<string, unknown>>

interface Growing {
  readonly start: Fields
  /** What deltas have added, by field. */
  readonly grown: Record<string, string>
  readonly citations: unknown[]
  json: string
}

/** Puts one streamed answer together. What it doesn't know it passes over, as the API's authors ask. */
export class Collector {
  private readonly blocks: Growing[] = []
  private readonly byIndex = new Map<unknown, Growing>()
  private usageFields: Record<string, unknown> | null = null
  private isOutputCounted = false
  /** The message began: a model has read the prompt. */
  hasBegun = false
  /** The API said that this was all. */
  isComplete = false
  stopReason: string | null = null
  /** Why it refused, in its own words. */
  stopDetail: string | null = null

  /** Takes one event and gives the text that it adds. */
  take(event: unknown): string {
    if (!isRecord(event)) return ''
    switch (event['type']) {
      case 'message_start':
        this.hasBegun = true
        this.addUsage(isRecord(event['message']) ? event['message']['usage'] : null)
        return ''
      case 'content_block_start':
        return this.begin(event)
      case 'content_block_delta':
        return this.grow(event)
      case 'message_delta':
        this.finish(event)
        return ''
      case 'message_stop':
        this.isComplete = true
        return ''
      default:
        return ''
    }
  }

  text(): string {
    return this.blocks.map(({start, grown}) => (start['type'] === 'text' ? textOf(start, grown) : '')).join('')
  }

  calls(): ToolCall[] {
    return this.blocks.flatMap((block) => {
      if (block.start['type'] !== 'tool_use') return []
      const {id, name} = block.start
      return [callFrom({id: String(id ?? ''), tool: typeof name === 'string' ? name : '', text: argumentsOf(block)})]
    })
  }

  /** The blocks as the API wants them back. */
  native(): ContentBlock[] {
    return this.blocks.map((block) => {
      const {start, grown, citations} = block
      const type = String(start['type'])
      const whole: Fields = Object.fromEntries(
        Object.entries(grown).map(([key, text]) => [key, key === 'signature' ? text : String(start[key] ?? '') + text]),
      )
      const cited = citations.length > 0 ? {citations} : {}
      if (!type.endsWith('tool_use')) return {...start, ...whole, ...cited, type}
      return {...start, type, input: callFrom({id: '', tool: type, text: argumentsOf(block)}).input}
    })
  }

  /** What it used so far; a number of output tokens counts only once the API has given its last. */
  usage(): ClaimedUsage | null {
    const fields = this.isOutputCounted ? this.usageFields : {...this.usageFields, output_tokens: undefined}
    return this.usageFields === null ? null : usageOf(fields)
  }

  private begin({index, content_block: start}: Fields): string {
    if (!isRecord(start)) return ''
    const block: Growing = {start, grown: {}, citations: [], json: ''}
    this.blocks.push(block)
    this.byIndex.set(index, block)
    return start['type'] === 'text' ? textOf(start, {}) : ''
  }

  private grow({index, delta}: Fields): string {
    const block = this.byIndex.get(index)
    if (!block || !isRecord(delta)) return ''
    const add = (key: string): string => {
      const more = delta[key]
      if (typeof more !== 'string') return ''
      block.grown[key] = (block.grown[key] ?? '') + more
      return more
    }
    if (delta['type'] === 'text_delta') {
      const added = add('text')
      return block.start['type'] === 'text' ? added : ''
    }
    if (delta['type'] === 'thinking_delta') add('thinking')
    else if (delta['type'] === 'signature_delta') block.grown['signature'] = String(delta['signature'] ?? '')
    else if (delta['type'] === 'citations_delta') block.citations.push(delta['citation'])
    else if (delta['type'] === 'input_json_delta') block.json += String(delta['partial_json'] ?? '')
    return ''
  }

  private finish({delta, usage}: Fields): void {
    if (isRecord(delta)) {
      const {stop_reason: reason, stop_details: details} = delta
      if (typeof reason === 'string') this.stopReason = reason
      const said = isRecord(details) ? (details['explanation'] ?? details['category']) : null
      if (typeof said === 'string') this.stopDetail = said
    }
    if (isRecord(usage) && usage['output_tokens'] !== undefined) this.isOutputCounted = true
    this.addUsage(usage)
  }

  /** Later numbers are of the whole message and take the place of earlier ones; null stands for "as before". */
  private addUsage(usage: unknown): void {
    if (!isRecord(usage)) return
    const said = Object.entries(usage).filter(([, value]) => value !== null && value !== undefined)
    this.usageFields = {...this.usageFields, ...Object.fromEntries(said)}
  }
}

function textOf(start: Fields, grown: Readonly<Record<string, string>>): string {
  return (typeof start['text'] === 'string' ? start['text'] : '') + (grown['text'] ?? '')
}

/** Arguments come in pieces of text, or whole at the start from servers that only resemble the API. */
function argumentsOf({start, json}: Growing): string {
  return json === '' && isRecord(start['input']) ? JSON.stringify(start['input']) : json
}
