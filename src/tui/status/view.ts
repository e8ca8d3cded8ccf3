import type {Act} from './keymap.js'

export const TABS = ['log', 'workstate', 'turn', 'messages'] as const
export type Tab = (typeof TABS)[number]

/** Where the person is on the screen: nothing of the fleet, and kept when the screen is away for a moment. */
export interface View {
  /** Whom the cursor is on; null: the first. */
  readonly selected: string | null
  readonly isOpen: boolean
  readonly tab: Tab
  /** Lines that the opened page is scrolled by. */
  readonly scroll: number
  readonly filter: string
  /** What is being typed into. */
  readonly mode: 'list' | 'filter' | 'help'
  /** What waits for a yes before it is done. */
  readonly asking: {readonly act: Act; readonly agent: string | null; readonly question: string} | null
  readonly said: Said | null
  /** Whom a beat was begun for from here. */
  readonly beating: readonly string[]
}

/** A line about what was done. */
export interface Said {
  readonly text: string
  readonly isBad: boolean
}

export const FIRST_VIEW: View = {
  selected: null,
  isOpen: false,
  tab: 'log',
  scroll: 0,
  filter: '',
  mode: 'list',
  asking: null,
  said: null,
  beating: [],
}

/** The part of a list that is on the screen. */
export interface Window {
  readonly index: number
  readonly top: number
}

/** The row of the cursor, and the first that shows: the list moves only as far as the cursor makes it. */
export function windowOf(names: readonly string[], selected: string | null, rows: number): Window {
  const index = Math.max(0, selected === null ? 0 : names.indexOf(selected))
  const page = Math.max(1, rows)
  // By whole pages less one row, so that where one was is still there.
  const top = index < page ? 0 : Math.min(names.length - page, index - Math.floor(page / 2))
  return {index, top: Math.max(0, top)}
}

/** What moving makes of the view; the acts that touch the fleet are none of it. */
export function moved(
  view: View,
  act: Act,
  {names, page}: {readonly names: readonly string[]; readonly page: number},
): View {
  const tab = TABS.find((known) => known === act)
  if (tab) return {...view, tab, scroll: 0}
  switch (act) {
    case 'open':
      return {...view, isOpen: true, scroll: 0}
    case 'close':
      return view.isOpen ? {...view, isOpen: false, scroll: 0} : {...view, filter: ''}
    case 'next-tab':
      return {...view, tab: TABS[(TABS.indexOf(view.tab) + 1) % TABS.length] ?? 'log', scroll: 0}
    case 'filter':
      return {...view, mode: 'filter'}
    case 'help':
      return {...view, mode: 'help'}
    case 'page-up':
    case 'page-down':
      // The page that is read scrolls; without one, the list does.
      if (view.isOpen) return {...view, scroll: Math.max(0, view.scroll + (act === 'page-up' ? -page : page))}
      return select(view, names, act === 'page-up' ? -page : page)
    case 'up':
      return select(view, names, -1)
    case 'down':
      return select(view, names, 1)
    case 'first':
      return select(view, names, -names.length)
    case 'last':
      return select(view, names, names.length)
    default:
      return view
  }
}

function select(view: View, names: readonly string[], by: number): View {
  const {index} = windowOf(names, view.selected, 1)
  const next = names[Math.min(names.length - 1, Math.max(0, index + by))]
  return next === undefined || next === view.selected ? view : {...view, selected: next, scroll: 0}
}

/** What a key makes of the filter that is being typed. */
export function typed(view: View, key: string): View {
  if (key === 'enter') return {...view, mode: 'list'}
  if (key === 'escape') return {...view, mode: 'list', filter: ''}
  if (key === 'backspace') return {...view, filter: [...view.filter].slice(0, -1).join('')}
  return [...key].length === 1 ? {...view, filter: view.filter + key} : view
}
