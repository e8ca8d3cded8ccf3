import {useInput} from 'ink'
import {useEffect, useMemo, useRef, useSyncExternalStore} from 'react'
import type {StatusSource} from '../../app/follow-status.js'
import type {StatusSnapshot} from '../../app/status-snapshot.js'
import {stateWord} from '../../fleet/lifecycle.js'
import type {Size} from '../full-screen.js'
import {openKeyReader} from '../keys.js'
import type {Acts} from './acts.js'
import type {KeyFacts} from './keymap.js'
import {planLayout} from './layout.js'
import {pasteText, pressKey} from './press-key.js'
import {StatusView} from './status-view.js'
import {useDetail} from './use-detail.js'
import {useWeek} from './use-week.js'
import {windowOf} from './view.js'
import type {ViewStore} from './view-store.js'

export interface StatusAppProps {
  readonly source: StatusSource
  readonly acts: Acts
  readonly store: ViewStore
  readonly size: Size
  readonly isAgent: boolean
  readonly hasColor: boolean
  readonly quit: (code: number) => void
}

/** Brings together what is known of the fleet, where the person is, and what their keys do. */
export function StatusApp({source, acts, store, size, isAgent, hasColor, quit}: StatusAppProps) {
  const snapshot = useSyncExternalStore(
    (listener) => source.subscribe(listener),
    () => source.snapshot(),
  )
  const view = useSyncExternalStore(store.subscribe, store.get)
  const reader = useRef(openKeyReader())
  const names = useMemo(() => filtered(snapshot, view.filter), [snapshot, view.filter])
  const layout = planLayout(size, view.isOpen)
  const {index, top} = windowOf(names, view.selected, layout.listRows)
  const name = names[index] ?? null
  const status = name === null ? null : (snapshot.readings.get(name)?.status ?? null)
  const facts: KeyFacts = {
    status,
    isOpen: view.isOpen,
    isFleetStopped: snapshot.stopped,
    isAgent,
    isFiltered: view.filter !== '',
    isBeating: name !== null && view.beating.includes(name),
  }
  const opened = view.isOpen ? name : null
  const lines = useDetail(source, {agent: opened, page: view.tab, stamp: status})
  const week = useWeek(source, {agent: opened, today: source.live().today(), stamp: status?.last_beat})

  useEffect(() => {
    source.want(names.slice(top, top + layout.listRows))
  }, [source, names, top, layout.listRows])

  useInput((input, key) => {
    const {keys, pasted} = reader.current.read(input, key)
    const place = {names, name, facts, page: view.isOpen ? layout.pageRows : layout.listRows}
    for (const one of keys) pressKey(one, {store, acts, place, quit})
    if (pasted !== null) pasteText(store, pasted)
  })

  return <StatusView {...{snapshot, view, names, facts, size, lines, week, hasColor}} now={snapshot.at} />
}

/** By name, role or state, whatever its case. */
function filtered({roster, readings}: StatusSnapshot, filter: string): readonly string[] {
  const wanted = filter.trim().toLowerCase()
  if (wanted === '') return roster
  return roster.filter((name) => {
    const status = readings.get(name)?.status
    const texts = [name, status?.role ?? '', status ? stateWord(status) : '']
    return texts.some((text) => text.toLowerCase().includes(wanted))
  })
}
