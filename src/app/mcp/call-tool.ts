import {isUserError} from '../../kit/errors.js'
import {BadCall} from '../../turn/bad-call.js'
import {saveParsedCache} from '../fleet.js'
import {schemaOf, whyNot} from './check-input.js'
import type {Desk} from './desk.js'
import {Refusal} from './refusal.js'
import type {Call, ServedTool} from './served-tool.js'

type Json = Readonly<Record<string, unknown>>

/** A tool as a client is told of it. */
export function describeTool(tool: ServedTool): Json {
  const {readOnly, destructive = false, idempotent = readOnly, openWorld = false} = tool.hints
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: schemaOf(tool),
    annotations: {
      title: tool.title,
      readOnlyHint: readOnly,
      destructiveHint: destructive,
      idempotentHint: idempotent,
      openWorldHint: openWorld,
    },
  }
}

/** Calls one tool. Everything that a model could mend, or must know, is a result and no failure of the protocol. */
export async function callTool(tool: ServedTool, open: () => Promise<Desk>, call: Omit<Call, 'desk'>): Promise<Json> {
  try {
    const trouble = whyNot(tool, call.input)
    if (trouble !== null) throw new BadCall(trouble)
    const desk = await open()
    const {value, text} = await tool.call({...call, desk})
    saveParsedCache(desk.fleet)
    return result(value, text ?? JSON.stringify(value))
  } catch (error) {
    return {...failureOf(error), isError: true}
  }
}

function failureOf(error: unknown): Json {
  if (error instanceof Refusal) {
    const {effect, rule, file, line, reason} = error.refused
    const place = file === null ? [] : [`${file}${line === null ? '' : `:${line}`}`]
    const from = [...(rule === null ? [] : [rule]), ...place].join(', ')
    const by = from === '' ? '' : ` (${from})`
    const next = error.next === null ? '' : `; ${error.next}`
    const head = effect === 'ask' ? 'not done yet' : 'refused'
    return result(error.refused, `${head}: ${reason}${by}${next}`)
  }
  if (error instanceof BadCall) return result({error: {code: 'BAD_CALL', message: error.message}}, error.message)
  if (isUserError(error)) {
    const {code, message, suggestions} = error
    return result({error: {code, message, suggestions}}, [message, ...suggestions].join('\n'))
  }
  throw error
}

function result(value: object, text: string): Json {
  return {content: [{type: 'text', text}], structuredContent: value}
}
