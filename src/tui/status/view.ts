import {lettersOf} from '../../kit/width.js'
import type {Act} from './binding.js'

export const TABS = ['log', 'workstate', 'turn', 'messages'] as const
export type Tab = (typeof TABS)[number]

/** Where the person is on the screen: nothing of the fleet, and kept when the screen is away for a moment. */
export interface View {
  /** Whom the cursor is on; null: nobody was there to be chosen yet. */
  readonly selected: string | null
  /** Where in the list that was, for when it is gone. */
  readonly row: number
  readonly isOpen: boolean
  readonly tab: Tab
  /** The first line that shows of the opened page; null: as it opens, which of a log is its end, also as it grows. */
  readonly scroll: number | null
  readonly filter: string
  /** What is being typed into. */
  readonly mode: 'list' | 'filter' | 'help'
  /** What waits for a yes before it is done, and to whom; null: the whole fleet. */
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
  row: 0,
  isOpen: false,
  tab: 'log',
  scroll: null,
  filter: '',
  mode: 'list',
  asking: null,
  said: null,
  beating: [],
}

/** The part of a list that is on the screen. */
export interface Window {
  /** The row of the cursor; -1: whom it was on is gone, and nobody else is meant by any key until one is chosen. */
  readonly index: number
  readonly top: number
}

/** The row of the cursor, which stays in the middle where there is more of the list above and below. */
export function windowOf(names: readonly string[], {selected, row, mode}: View, rows: number): Window {
  const found = selected === null ? 0 : names.indexOf(selected)
  // While a filter is typed the first that fits is offered.
  const index = found < 0 && mode === 'filter' && names.length > 0 ? 0 : found
  const top = Math.min(names.length - rows, (index < 0 ? row : index) - Math.floor(rows / 2))
  return {index: names.length === 0 ? -1 : index, top: Math.max(0, top)}
}

/** How much of the screen there is to move in. */
export interface Room {
  readonly names: readonly string[]
  /** Agents that have room. */
  readonly listRows: number
  /** Lines of the opened page that have room, and how many it has. */
  readonly pageRows: number
  readonly pageLines: number
  /** The opened page has the screen for itself: what moves a cursor otherwise moves the page. */
  readonly isPageAlone: boolean
}

/** The first line of a page that shows. */
export function topOf({tab, scroll}: Pick<View, 'tab' | 'scroll'>, {pageRows, pageLines}: PageRoom): number {
  const last = Math.max(0, pageLines - pageRows)
  return scroll === null ? (tab === 'log' ? last : 0) : Math.min(last, scroll)
}

type PageRoom = Pick<Room, 'pageRows' | 'pageLines'>

/** What moving makes of the view; the acts that touch the fleet are none of it. */
export function moved(view: View, act: Act, room: Room): View {
  const tab = TABS.find((known) => known === act)
  if (tab) return {...view, tab, scroll: null}
  switch (act) {
    case 'open':
      return {...view, isOpen: true, scroll: null}
    case 'close':
      return view.isOpen ? {...view, isOpen: false, scroll: null} : {...view, filter: ''}
    case 'next-tab':
      return besideTab(view, 1)
    case 'previous-tab':
      return besideTab(view, -1)
    case 'filter':
      return {...view, mode: 'filter'}
    case 'help':
      return {...view, mode: 'help'}
    case 'up':
    case 'down':
      return (view.isOpen && room.isPageAlone ? scrolled : select)(view, room, act === 'up' ? -1 : 1)
    case 'page-up':
    case 'page-down': {
      // One line of the page before stays in sight.
      const page = Math.max(1, (view.isOpen ? room.pageRows : room.listRows) - 1)
      return (view.isOpen ? scrolled : select)(view, room, act === 'page-up' ? -page : page)
    }
    case 'first':
      return (view.isOpen ? scrolled : select)(view, room, Number.NEGATIVE_INFINITY)
    case 'last':
      return (view.isOpen ? scrolled : select)(view, room, Number.POSITIVE_INFINITY)
    default:
      return view
  }
}

function besideTab(view: View, by: 1 | -1): View {
  const index = (TABS.indexOf(view.tab) + by + TABS.length) % TABS.length
  return {...view, tab: TABS[index] ?? 'log', scroll: null}
}

function scrolled(view: View, room: Room, by: number): View {
  const last = Math.max(0, room.pageLines - room.pageRows)
  const top = Math.min(last, Math.max(0, topOf(view, room) + by))
  return {...view, scroll: top === topOf({tab: view.tab, scroll: null}, room) ? null : top}
}

function select(view: View, {names}: Room, by: number): View {
  const {index} = windowOf(names, view, 1)
  // From a row whose agent is gone the next key leads to who has come there.
  const wanted = index < 0 ? view.row : index + by
  const row = Math.min(names.length - 1, Math.max(0, wanted))
  const next = names[row]
  return next === undefined || next === view.selected ? view : {...view, selected: next, row, scroll: null}
}

/** What a key makes of the filter that is being typed; `offered` is whom the cursor is on meanwhile. */
export function typed(view: View, key: string, offered: string | null): View {
  if (key === 'enter') return {...view, mode: 'list', selected: offered}
  if (key === 'escape') return {...view, mode: 'list', filter: ''}
  if (key === 'backspace') return {...view, filter: lettersOf(view.filter).slice(0, -1).join('')}
  if (key === 'ctrl+u') return {...view, filter: ''}
  return [...key].length === 1 ? {...view, filter: view.filter + key} : view
}
