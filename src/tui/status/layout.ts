import type {Size} from '../full-screen.js'

/** Where the parts of the screen are; a width of 0: it isn't there. */
export interface Layout {
  readonly listWidth: number
  readonly paneWidth: number
  /** Agents that have room. */
  readonly listRows: number
  /** Lines of the opened page that have room. */
  readonly pageRows: number
}

/** From here on the list and an opened agent stand side by side. */
const SIDE_BY_SIDE = 110
const HEAD = 2
const FOOT = 2
const LIST_TITLE = 1
/** Name, week, tabs. */
const PANE_TITLE = 3

export function planLayout({columns, rows}: Size, isOpen: boolean): Layout {
  const body = Math.max(1, rows - HEAD - FOOT)
  const isSplit = isOpen && columns >= SIDE_BY_SIDE
  const paneWidth = !isOpen ? 0 : isSplit ? Math.floor(columns * 0.55) : columns
  const listWidth = isOpen && !isSplit ? 0 : columns - paneWidth
  return {
    listWidth,
    paneWidth,
    listRows: Math.max(1, body - LIST_TITLE),
    pageRows: Math.max(1, body - PANE_TITLE),
  }
}
