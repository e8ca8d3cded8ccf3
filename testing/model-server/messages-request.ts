import {signatureOf} from './messages-answer.js'
import {refuse} from './problem.js'
import type {Block} from './prompt-cache.js'
import {type Fields, fieldsAt, isFields, listAt, onlyFields, textAt} from './shape.js'

const COUNTED = [
  'messages',
  'model',
  'cache_control',
  'output_config',
  'speed',
  'system',
  'thinking',
  'tool_choice',
  'tools',
]
const KNOWN = [
  ...COUNTED,
  'max_tokens',
  'container',
  'inference_geo',
  'metadata',
  'service_tier',
  'stop_sequences',
  'stream',
  'temperature',
  'top_k',
  'top_p',
]

/** Fields of each kind of block, beside `type` and `cache_control`. */
const BLOCKS: Readonly<Record<string, readonly string[]>> = {
  text: ['text', 'citations'],
  tool_use: ['id', 'name', 'input', 'caller', 'toolset_name'],
  tool_result: ['tool_use_id', 'content', 'is_error', 'toolset_name'],
  thinking: ['thinking', 'signature'],
  redacted_thinking: ['data'],
}

const TOOL_NAME = /^[a-zA-Z0-9_-]{1,128}$/
const MOST_MARKS = 4

/** A request of the Messages API that the real one would take; else it refuses as that one does. */
export interface MessagesRequest {
  readonly model: string
  readonly maxTokens: number
  readonly isStream: boolean
  /** All that is read, in the order in which it is cached. */
  readonly blocks: readonly Block[]
}

export function readMessagesRequest(body: Fields, isCount: boolean): MessagesRequest {
  onlyFields(body, isCount ? COUNTED : KNOWN)
  const model = textAt(body['model'], 'model')
  const maxTokens = isCount ? 0 : readMaxTokens(body['max_tokens'])
  const tools = listAt(body['tools'] ?? [], 'tools').map((tool, index) => readTool(tool, `tools.${index}`))
  const system = readSystem(body['system'])
  const messages = listAt(body['messages'], 'messages')
  if (messages.length === 0) refuse(400, 'messages: at least one message is required')
  const blocks = [...tools, ...system, ...readMessages(messages)]
  checkMarks(blocks)
  return {model, maxTokens, isStream: body['stream'] === true, blocks}
}

function readMaxTokens(value: unknown): number {
  if (value === undefined) refuse(400, 'max_tokens: Field required')
  if (typeof value !== 'number' || !Number.isInteger(value)) refuse(400, 'max_tokens: Input should be a valid integer')
  if (Number(value) < 1) refuse(400, 'max_tokens: Input should be greater than or equal to 1')
  return Number(value)
}

function readTool(value: unknown, place: string): Block {
  const tool = fieldsAt(value, place)
  onlyFields(tool, ['name', 'description', 'input_schema', 'cache_control', 'type', 'strict', 'input_examples'], place)
  const name = textAt(tool['name'], `${place}.name`)
  if (!TOOL_NAME.test(name)) refuse(400, `${place}.custom.name: String should match pattern '${TOOL_NAME.source}'`)
  const schema = fieldsAt(tool['input_schema'], `${place}.custom.input_schema`)
  if (schema['type'] !== 'object') refuse(400, `${place}.custom.input_schema.type: Input should be 'object'`)
  return {value: {tool}, mark: markOf(tool, place)}
}

function readSystem(value: unknown): Block[] {
  if (value === undefined) return []
  if (typeof value === 'string') return [{value: {system: value}, mark: null}]
  return listAt(value, 'system').map((item, index) => {
    const block = fieldsAt(item, `system.${index}`)
    if (block['type'] !== 'text') refuse(400, `system.${index}.type: Input should be 'text'`)
    checkBlock(block, `system.${index}`)
    return {value: {system: block}, mark: markOf(block, `system.${index}`)}
  })
}

function readMessages(messages: readonly unknown[]): Block[] {
  const found: Block[] = []
  const ids = new Set<string>()
  let last: 'user' | 'assistant' = 'assistant'
  let asked: string[] = []
  for (const [index, item] of messages.entries()) {
    const place = `messages.${index}`
    const message = fieldsAt(item, place)
    onlyFields(message, ['role', 'content'], place)
    const {role} = message
    if (role !== 'user' && role !== 'assistant') refuse(400, `${place}.role: Input should be 'user' or 'assistant'`)
    if (index === 0 && role !== 'user') refuse(400, 'messages: first message must use the "user" role')
    if (index > 0 && role === last) {
      refuse(
        400,
        `messages: roles must alternate between "user" and "assistant", but found multiple "${role}" roles in a row`,
      )
    }
    const blocks = contentOf(message['content'], place)
    for (const [at, block] of blocks.entries()) checkPlaced(block, role, `${place}.content.${at}`)
    if (role === 'user') checkResults(blocks, asked, index)
    asked = role === 'assistant' ? callIds(blocks, ids) : []
    last = role
    found.push(...blocks.map((block, at) => ({value: {role, block}, mark: markOf(block, `${place}.content.${at}`)})))
  }
  if (asked.length > 0) refuseUnanswered(messages.length - 1, asked)
  return found
}

function contentOf(value: unknown, place: string): Fields[] {
  if (typeof value === 'string') return [{type: 'text', text: value}]
  const blocks = listAt(value, `${place}.content`).map((item, at) => fieldsAt(item, `${place}.content.${at}`))
  return blocks.length > 0 ? blocks : refuse(400, `${place}: all messages must have non-empty content`)
}

function checkPlaced(block: Fields, role: 'user' | 'assistant', place: string): void {
  checkBlock(block, place)
  const isOfAssistant = ['tool_use', 'thinking', 'redacted_thinking'].includes(String(block['type']))
  if (isOfAssistant && role === 'user')
    refuse(400, `${place}: \`${block['type']}\` blocks can only be in \`assistant\` messages`)
  if (block['type'] === 'tool_result' && role === 'assistant') {
    refuse(400, `${place}: \`tool_result\` blocks can only be in \`user\` messages`)
  }
}

function checkBlock(block: Fields, place: string): void {
  const type = textAt(block['type'], `${place}.type`)
  const known =
    BLOCKS[type] ??
    refuse(400, `${place}: Input tag '${type}' found using 'type' does not match any of the expected tags`)
  onlyFields(block, ['type', 'cache_control', ...known], `${place}.${type}`)
  if (type === 'text' && textAt(block['text'], `${place}.text.text`).trim() === '') {
    refuse(400, 'messages: text content blocks must contain non-whitespace text')
  }
  if (
    type === 'thinking' &&
    block['signature'] !== signatureOf(textAt(block['thinking'], `${place}.thinking.thinking`))
  ) {
    refuse(400, `${place}: Invalid \`signature\` in \`thinking\` block`)
  }
  if (type.endsWith('thinking') && block['cache_control'])
    refuse(400, `${place}.${type}.cache_control: Extra inputs are not permitted`)
  if (type === 'tool_use') {
    const id = textAt(block['id'], `${place}.tool_use.id`)
    if (!/^[a-zA-Z0-9_-]+$/.test(id))
      refuse(400, `${place}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'`)
    if (!TOOL_NAME.test(textAt(block['name'], `${place}.tool_use.name`)))
      refuse(400, `${place}.tool_use.name: String should match pattern`)
    fieldsAt(block['input'], `${place}.tool_use.input`)
  }
  if (type === 'tool_result' && block['is_error'] === true && !hasContent(block['content'])) {
    refuse(400, `${place}: content cannot be empty if \`is_error\` is true`)
  }
}

function hasContent(content: unknown): boolean {
  return Array.isArray(content) || typeof content === 'string' ? content.length > 0 : false
}

function callIds(blocks: readonly Fields[], seen: Set<string>): string[] {
  return blocks.flatMap((block) => {
    if (block['type'] !== 'tool_use') return []
    const id = String(block['id'])
    if (seen.has(id)) refuse(400, 'messages: `tool_use` ids must be unique')
    seen.add(id)
    return [id]
  })
}

function checkResults(blocks: readonly Fields[], asked: readonly string[], index: number): void {
  const results = blocks.filter(({type}) => type === 'tool_result').map((block) => String(block['tool_use_id']))
  const stranger = results.find((id) => !asked.includes(id))
  if (stranger) {
    refuse(
      400,
      `messages.${index}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stranger}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
    )
  }
  if (new Set(results).size < results.length) {
    refuse(400, `messages.${index}: each tool_use must have a single result. Found multiple \`tool_result\` blocks`)
  }
  const open = asked.filter((id) => !results.includes(id))
  const isLate = blocks.slice(0, results.length).some(({type}) => type !== 'tool_result')
  if (open.length > 0 || isLate) refuseUnanswered(index - 1, open.length > 0 ? open : results)
}

function refuseUnanswered(index: number, ids: readonly string[]): never {
  return refuse(
    400,
    `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
  )
}

function markOf(block: Fields, place: string): Block['mark'] {
  const mark = block['cache_control']
  if (mark === undefined || mark === null) return null
  if (!isFields(mark) || mark['type'] !== 'ephemeral')
    refuse(400, `${place}.cache_control: Input should be a valid mark`)
  onlyFields(fieldsAt(mark, place), ['type', 'ttl'], `${place}.cache_control`)
  const ttl = fieldsAt(mark, place)['ttl'] ?? '5m'
  return ttl === '5m' || ttl === '1h' ? ttl : refuse(400, `${place}.cache_control.ttl: Input should be '5m' or '1h'`)
}

function checkMarks(blocks: readonly Block[]): void {
  const marks = blocks.flatMap(({mark}) => (mark ? [mark] : []))
  if (marks.length > MOST_MARKS) {
    refuse(400, `A maximum of ${MOST_MARKS} blocks with cache_control may be provided. Found ${marks.length}.`)
  }
  if (marks.lastIndexOf('1h') > marks.indexOf('5m') && marks.includes('5m')) {
    refuse(
      400,
      "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: `tools`, `system`, `messages`.",
    )
  }
}
