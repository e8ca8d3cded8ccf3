import {useEffect, useMemo, useRef, useSyncExternalStore} from 'react'
import type {StatusSource} from '../../app/status/follow-status.js'
import type {Size} from '../full-screen.js'
import {openKeyReader} from '../keys.js'
import type {Acts} from './acts.js'
import {wrapDetail} from './detail-pane.js'
import {placeOf} from './place.js'
import {pasteText, pressKey, type ScreenActs} from './press-key.js'
import {StatusView} from './status-view.js'
import {useDetail} from './use-detail.js'
import {useKeyboard} from './use-keyboard.js'
import {useWeek} from './use-week.js'
import type {ViewStore} from './view-store.js'

export interface StatusAppProps {
  readonly source: StatusSource
  readonly acts: Acts
  readonly store: ViewStore
  readonly size: Size
  readonly isAgent: boolean
  readonly hasColor: boolean
  readonly screen: ScreenActs
}

/** Brings together what is known of the fleet, where the person is, and what their keys do. */
export function StatusApp({source, acts, store, size, isAgent, hasColor, screen}: StatusAppProps) {
  const snapshot = useSyncExternalStore(
    (listener) => source.subscribe(listener),
    () => source.snapshot(),
  )
  const view = useSyncExternalStore(store.subscribe, store.get)
  const reader = useRef(openKeyReader())
  const pageLines = useRef(0)
  const placeNow = () =>
    placeOf({snapshot: source.snapshot(), view: store.get(), size, pageLines: pageLines.current, isAgent})
  const {names, name, facts, layout, top, listRows} = placeNow()
  const opened = view.isOpen ? name : null
  const page = useDetail(source, {agent: opened, page: view.tab, stamp: facts.status})
  // A log may have a thousand lines, and most frames change none of them.
  const lines = useMemo(() => page && wrapDetail(page, layout.paneWidth), [page, layout.paneWidth])
  pageLines.current = lines?.length ?? 0
  const week = useWeek(source, {agent: opened, today: source.live().today(), stamp: facts.status?.last_beat})

  useEffect(() => {
    source.want(names.slice(top, top + listRows))
  }, [source, names, top, listRows])

  useEffect(() => {
    // The first one is chosen once, and not whoever is the first one later.
    if (view.selected === null && name !== null && view.mode === 'list') store.update({selected: name})
  }, [store, view.selected, view.mode, name])

  useKeyboard((sequence) => {
    const {keys, pasted} = reader.current.read(sequence)
    store.together(() => {
      for (const one of keys) pressKey(one, {store, acts, place: placeNow(), screen})
      if (pasted !== null) pasteText(store, pasted)
    })
  })

  return <StatusView {...{snapshot, view, names, facts, size, lines, week, hasColor}} now={snapshot.at} />
}
