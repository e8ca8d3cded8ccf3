import type {Size} from '../full-screen.js'

/** Where the parts of the screen are; a width of 0: it isn't there. */
export interface Layout {
  readonly headRows: number
  /** Between head and foot: the list with its title, an opened agent with its own. */
  readonly bodyRows: number
  readonly footRows: number
  readonly listWidth: number
  readonly paneWidth: number
  /** Agents that have room. */
  readonly listRows: number
  /** Lines of the opened page that have room. */
  readonly pageRows: number
  /** An opened agent has the screen for itself. */
  readonly isPageAlone: boolean
}

/** From here on the list and an opened agent stand side by side. */
const SIDE_BY_SIDE = 110
/** Name, week, tabs. */
const PANE_TITLE = 3

/** All of it from 8 rows on; below that the agents stay and what is around them goes. */
export function planLayout({columns, rows}: Size, isOpen: boolean): Layout {
  const headRows = rows >= 8 ? 2 : rows >= 5 ? 1 : 0
  const footRows = rows >= 5 ? 2 : rows >= 2 ? 1 : 0
  const bodyRows = Math.max(1, rows - headRows - footRows)
  const isSplit = isOpen && columns >= SIDE_BY_SIDE
  const paneWidth = !isOpen ? 0 : isSplit ? Math.floor(columns * 0.55) : columns
  const listWidth = isOpen && !isSplit ? 0 : columns - paneWidth
  return {
    headRows,
    bodyRows,
    footRows,
    listWidth,
    paneWidth,
    listRows: Math.max(1, bodyRows - 1),
    pageRows: Math.max(1, bodyRows - PANE_TITLE),
    isPageAlone: paneWidth === columns,
  }
}
