import {isRecord} from '../../kit/is-record.js'
import type {ToolCall} from '../engine.js'
import {callFrom} from '../http/arguments.js'

type Fields = Readonly<Record<string, unknown>>

interface Slot {
  readonly index: unknown
  id: string
  name: string
  text: string
  extra: Fields
}

/**
 * Puts calls together from pieces. Servers differ: several calls in one piece, no ids, every call under index 0 with an
 * id of its own, the name repeated with each piece, arguments as an object instead of its text.
 */
export class CallSlots {
  private readonly slots: Slot[] = []

  take(piece: unknown): void {
    if (!isRecord(piece)) return
    const {index, id, function: made, type: _, ...extra} = piece
    const {name, arguments: given} = isRecord(made) ? made : {}
    const said = {
      index,
      id: typeof id === 'string' ? id : '',
      name: typeof name === 'string' ? name : '',
      text: typeof given === 'string' ? given : isRecord(given) ? JSON.stringify(given) : '',
    }
    const slot = this.find(said)
    if (!slot) {
      this.slots.push({...said, extra})
      return
    }
    slot.id ||= said.id
    slot.name ||= said.name
    slot.text += said.text
    slot.extra = {...slot.extra, ...extra}
  }

  calls(): ToolCall[] {
    const ids = new Set<string>()
    return this.slots.map(({id, name, text}, at) => {
      const free = id !== '' && !ids.has(id) ? id : `call_${at + 1}`
      ids.add(free)
      return callFrom({id: free, tool: name, text})
    })
  }

  /** What only the server understands of each call, in the calls' order. */
  extras(): Fields[] {
    return this.slots.map(({extra}) => extra)
  }

  private find({index, id, name}: Omit<Slot, 'extra' | 'text'>): Slot | null {
    const byId = id === '' ? undefined : this.slots.findLast((slot) => slot.id === id)
    if (byId) return byId
    const byIndex = index === undefined ? this.slots.at(-1) : this.slots.findLast((slot) => slot.index === index)
    if (!byIndex || name === '') return byIndex ?? null
    if (id !== '' && byIndex.id !== '') return null
    return isWhole(byIndex) ? null : byIndex
  }
}

/** It has a name and arguments that can be read: a further name begins a further call. */
function isWhole({name, text}: Slot): boolean {
  return name !== '' && text !== '' && callFrom({id: '', tool: name, text}).problem === undefined
}
