import {isRecord} from '../../kit/is-record.js'
import {arrange, type Part, safeToolName} from '../http/conversation.js'
import {wellFormed} from '../http/well-formed.js'
import type {Prompt, ToolResult} from '../prompt.js'
import {placeMarks} from './cache-marks.js'
import type {ContentBlock, MessageBlock, TextBlock, ToolBlock, WirePrompt} from './wire.js'

export interface Addressed {
  /** The engine's own name: its earlier answers go back as they came. */
  readonly name: string
  readonly model: string
  readonly minCacheTokens: number | null
}

/** A prompt as the Messages API reads it. The same prompt gives the same bytes; nothing in it tells the time. */
export function wirePrompt(prompt: Prompt, {name, model, minCacheTokens}: Addressed): WirePrompt {
  const tools = prompt.tools.map(
    (tool): ToolBlock => ({
      name: tool.name,
      description: tool.description,
      input_schema: {type: 'object', ...tool.schema},
    }),
  )
  const system: TextBlock[] = prompt.prefix.trim() === '' ? [] : [{type: 'text', text: prompt.prefix}]
  const messages = inTurns(arrange(prompt.steps, name).map(messageOf))
  placeMarks({tools, system, messages}, {keep: prompt.keep, minTokens: minCacheTokens})
  return wellFormed({
    model,
    ...(tools.length > 0 ? {tools} : {}),
    ...(system.length > 0 ? {system} : {}),
    messages,
  })
}

function messageOf(part: Part): MessageBlock {
  if (part.from === 'person') {
    const texts = part.texts.map((text) => ({type: 'text', text}))
    return {role: 'user', content: [...part.results.map(resultBlock), ...texts]}
  }
  return {role: 'assistant', content: nativeBlocks(part.native) ?? rebuilt(part)}
}

/** A reason has to stand in a result that is an error: without one the API refuses the whole request. */
function resultBlock({id, text, isError}: ToolResult): ContentBlock {
  const content = isError && text === '' ? 'It failed without a word.' : text
  return {type: 'tool_result', tool_use_id: id, content, ...(isError ? {is_error: true} : {})}
}

/** The model's own blocks verbatim, thoughts with their signatures; empty texts, which it gives and won't take, stay out. */
function nativeBlocks(native: unknown): ContentBlock[] | null {
  if (!Array.isArray(native)) return null
  const blocks = native.filter(isBlock).filter(({type, text}) => type !== 'text' || String(text).trim() !== '')
  return blocks.length > 0 ? blocks.map((block) => ({...block})) : null
}

function isBlock(value: unknown): value is ContentBlock {
  return isRecord(value) && typeof value['type'] === 'string'
}

function rebuilt({text, calls}: Extract<Part, {from: 'model'}>): ContentBlock[] {
  const said = text.trim() === '' ? [] : [{type: 'text', text}]
  const asked = calls.map(({id, tool, input}) => ({type: 'tool_use', id, name: safeToolName(tool), input}))
  return [...said, ...asked]
}

/** Two messages of one side in a row are one. */
function inTurns(messages: readonly MessageBlock[]): MessageBlock[] {
  const found: MessageBlock[] = []
  for (const message of messages) {
    const last = found.at(-1)
    if (last?.role === message.role) last.content.push(...message.content)
    else found.push(message)
  }
  return found
}
