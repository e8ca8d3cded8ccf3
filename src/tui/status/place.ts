import type {StatusSnapshot} from '../../app/status/snapshot.js'
import {stateWord} from '../../fleet/lifecycle.js'
import type {Size} from '../full-screen.js'
import type {KeyFacts} from './binding.js'
import {type Layout, planLayout} from './layout.js'
import {type Room, type View, windowOf} from './view.js'

/** What a key finds: which agents are shown, whom the cursor is on, and how much room there is. */
export interface Place extends Room {
  readonly name: string | null
  readonly facts: KeyFacts
  readonly layout: Layout
  /** The first row of the list that shows. */
  readonly top: number
}

export interface PlaceFacts {
  readonly snapshot: StatusSnapshot
  readonly view: View
  readonly size: Size
  readonly pageLines: number
  /** An agent runs this screen. */
  readonly isAgent: boolean
}

/** Where the person is by what is known now: each key is taken by itself, also of several that come at once. */
export function placeOf({snapshot, view, size, pageLines, isAgent}: PlaceFacts): Place {
  const names = filtered(snapshot, view)
  const layout = planLayout(size, view.isOpen)
  const {listRows, pageRows, isPageAlone} = layout
  const {index, top} = windowOf(names, view, listRows)
  const name = names[index] ?? null
  const facts = {
    name,
    status: name === null ? null : (snapshot.readings.get(name)?.status ?? null),
    isOpen: view.isOpen,
    isFleetStopped: snapshot.stopped,
    isAgent,
    isFiltered: view.filter !== '',
    isBeating: name !== null && view.beating.includes(name),
  }
  return {names, name, facts, layout, top, listRows, pageRows, pageLines, isPageAlone}
}

/**
 * By name, role or state, whatever its case. Whom the cursor is on stays, though its state may have become another one: the
 * next key is meant for it, and not for who would come into its place.
 */
function filtered({roster, readings}: StatusSnapshot, {filter, mode, selected}: View): readonly string[] {
  const wanted = folded(filter.trim())
  if (wanted === '') return roster
  return roster.filter((name) => {
    if (name === selected && mode !== 'filter') return true
    const status = readings.get(name)?.status
    const texts = [name, status?.role ?? '', status ? stateWord(status) : '']
    return texts.some((text) => folded(text).includes(wanted))
  })
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
