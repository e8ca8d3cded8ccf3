import {createReadStream, statSync} from 'node:fs'
import {createInterface} from 'node:readline'
import {isRecord} from '../../kit/is-record.js'
import type {Heard} from '../../memory/workstate/heard.js'

type Fields = Readonly<Record<string, unknown>>

/** What no line of a transcript may be longer than to be looked at: pictures and whole files. */
const LONGEST_LINE = 8 * 1024 * 1024
const LONGEST_TEXT = 40_000
const LONGEST_RESULT = 4_000
const MAX_TRANSCRIPT_BYTES = 400 * 1024 * 1024

/** What was said and done in a session, line by line from its transcript; lines of unknown kinds are passed over. */
export async function readSession(path: string, person: string): Promise<Heard[]> {
  if (statSync(path).size > MAX_TRANSCRIPT_BYTES)
    throw new Error(`${path} is larger than ${MAX_TRANSCRIPT_BYTES / 1024 / 1024} MiB`)
  const reader = new SessionReader(person)
  const lines = createInterface({input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY})
  const whole: string[] = []
  let length = 0
  for await (const line of lines) {
    if (line.length > LONGEST_LINE) continue
    if (reader.take(line)) continue
    // Some hosts keep one JSON document instead of lines.
    if (length < LONGEST_LINE && reader.heard.length === 0) whole.push(line)
    length += line.length
  }
  if (reader.heard.length === 0 && whole.length > 1) reader.take(whole.join('\n'))
  return reader.heard
}

class SessionReader {
  readonly heard: Heard[] = []
  private readonly tools = new Map<string, string>()

  constructor(private readonly person: string) {}

  /** Whether the line could be read. */
  take(line: string): boolean {
    const entry = readJson(line)
    if (entry === null) return line.trim() === ''
    const at = textIn(entry, 'timestamp') ?? ''
    const payload = isRecord(entry['payload']) ? entry['payload'] : entry
    const messages = payload['messages'] ?? payload['history']
    if (Array.isArray(messages))
      for (const item of messages) if (isRecord(item)) this.entry(item, textIn(item, 'timestamp') ?? at)
    this.entry(payload, at)
    return true
  }

  private entry(entry: Fields, at: string): void {
    if (entry['isMeta'] === true) return
    const type = textIn(entry, 'type') ?? ''
    if (/^(?:function_call|custom_tool_call|local_shell_call)$/.test(type)) this.call(entry, at)
    else if (/_call_output$|^tool_result$/.test(type)) this.result(entry, at)
    else {
      const message = isRecord(entry['message']) ? entry['message'] : entry
      const role = textIn(message, 'role') ?? type
      // What a sub-agent is told, and a summary of what was cut, are the agent's own words.
      const isOwn = entry['isSidechain'] === true || entry['isCompactSummary'] === true
      const speaker =
        /^(?:assistant|model|gemini|agent)$/.test(role) || (isOwn && role === 'user')
          ? 'agent'
          : role === 'user'
            ? 'person'
            : null
      if (speaker !== null) this.content(message['content'] ?? message['parts'] ?? message['text'], {speaker, at})
    }
  }

  private content(content: unknown, {speaker, at}: {speaker: 'agent' | 'person'; at: string}): void {
    if (typeof content === 'string') this.say(content, speaker, at)
    if (!Array.isArray(content)) return
    for (const block of content) {
      if (typeof block === 'string') this.say(block, speaker, at)
      if (!isRecord(block)) continue
      const type = textIn(block, 'type') ?? ''
      const call = block['functionCall']
      if (type === 'tool_use') this.call(block, at)
      else if (type === 'tool_result') this.result(block, at)
      else if (isRecord(call)) this.call(call, at)
      else if (type === '' || type.endsWith('text')) this.say(textIn(block, 'text') ?? '', speaker, at)
    }
  }

  private say(text: string, speaker: 'agent' | 'person', at: string): void {
    const plain = withoutHostWords(text).slice(0, LONGEST_TEXT)
    if (plain.trim() === '') return
    this.heard.push({kind: speaker, name: speaker === 'person' ? this.person : 'agent', text: plain, at})
  }

  private call(block: Fields, at: string): void {
    const name = textIn(block, 'name') ?? 'tool'
    const id = textIn(block, 'id') ?? textIn(block, 'call_id')
    const called = textIn(block, 'call_id') ?? id
    if (called !== null) this.tools.set(called, name)
    const input = block['input'] ?? block['arguments'] ?? block['args'] ?? block['action'] ?? {}
    const text = typeof input === 'string' ? input : JSON.stringify(input)
    this.heard.push({kind: 'call', name, text: text.slice(0, LONGEST_TEXT), at})
  }

  private result(block: Fields, at: string): void {
    const name = this.tools.get(textIn(block, 'tool_use_id') ?? textIn(block, 'call_id') ?? '') ?? 'tool'
    const text = resultText(block['content'] ?? block['output'])
    if (text !== '' && text.length <= LONGEST_RESULT) this.heard.push({kind: 'result', name, text, at})
  }
}

/** Reminders, command echoes and file dumps that the host puts into a person's mouth. */
function withoutHostWords(text: string): string {
  return text
    .replace(
      /<(system-reminder|command-[a-z-]+|local-command-[a-z-]+|bash-[a-z]+|environment_context|user_instructions|ide_[a-z_]+|task-notification)>[\s\S]*?<\/\1>/g,
      ' ',
    )
    .replace(/^\[Request interrupted by user.*\]$/gm, '')
}

function resultText(content: unknown): string {
  if (typeof content === 'string') return content
  if (Array.isArray(content))
    return content.map((block) => (isRecord(block) ? (textIn(block, 'text') ?? '') : '')).join('\n')
  return isRecord(content) ? resultText(content['output'] ?? content['content']) : ''
}

function readJson(line: string): Fields | null {
  if (!/^\s*[{[]/.test(line)) return null
  try {
    const value: unknown = JSON.parse(line)
    return Array.isArray(value) ? {messages: value} : isRecord(value) ? value : null
  } catch {
    // A line that was being written when the session stopped, or a piece of a longer document.
    return null
  }
}

function textIn(entry: Fields, key: string): string | null {
  const value = entry[key]
  return typeof value === 'string' ? value : null
}
