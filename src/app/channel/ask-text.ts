import {LONGEST_MESSAGE} from '../../alerts/telegram/message-text.js'
import {argumentLines} from '../../guard/approvals/argument-lines.js'
import {clean, cleanLine} from '../../kit/text.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {AskedRequest} from './asked-request.js'
import {deedOf, moment} from './text.js'

/** What a chat shows of a request. */
export interface ShownRequest {
  readonly text: string
  /** Whether it shows all that would be done. Nobody says yes over a channel to what they can't see. */
  readonly isWhole: boolean
}

/** Everything a person decides by, the arguments before any word about them; `answered` stands below it once it is. */
export async function showRequest(
  fleet: Fleet,
  {id, request}: AskedRequest,
  answered: string | null = null,
): Promise<ShownRequest> {
  const {agent, verb, target, args, body, expires} = request
  const until = answered ?? `Waits until ${await moment(fleet, expires)}. ${id}`
  const head = `${agent} asks: ${deedOf(request)}`
  const deed = [
    head,
    `target: ${cleanLine(target)}`,
    ...(Object.keys(args).length === 0 ? [] : argumentLines(args, '')),
  ].join('\n')
  const whole = [deed, body, until].join('\n\n')
  const isSeen = [verb, target, ...keysIn(args)].every((text) => cleanLine(text) === text) && isPlain(args)
  if (isSeen && clean(whole).length <= LONGEST_MESSAGE) return {text: whole, isWhole: true}
  const why = isSeen ? 'It is too long to be shown here whole' : 'It holds characters that nobody can see'
  const hint = answered ?? `${why}: for a yes see it at a terminal, mcos approve show ${id}`
  const start = clean(deed).slice(0, LONGEST_MESSAGE - hint.length - 200)
  return {text: `${start}\n…\n\n${hint}\n\n${answered === null ? until : id}`, isWhole: false}
}

function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const keys = Array.isArray(value) ? [] : Object.keys(value)
  return [...keys, ...Object.values(value).flatMap(keysIn)]
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return clean(value) === value
  return typeof value !== 'object' || value === null || Object.values(value).every(isPlain)
}
