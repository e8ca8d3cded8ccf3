import {lettersOf, widthOf} from '../../kit/width.js'
import type {Draft} from './edit-line.js'

/** A draft as rows of a screen. */
export interface InputRows {
  readonly rows: readonly string[]
  /** Cells from the left, rows from the top of what is shown. */
  readonly cursor: {readonly x: number; readonly y: number}
}

/** Lays a draft out in so many cells; of more rows than fit those around the cursor are shown. */
export function inputRows({text, cursor}: Draft, {cells, most}: {cells: number; most: number}): InputRows {
  const rows = ['']
  let width = 0
  let at = 0
  let place = {x: 0, y: 0}
  const newRow = (): void => {
    rows.push('')
    width = 0
  }
  for (const letter of lettersOf(text)) {
    if (at <= cursor) place = {x: width, y: rows.length - 1}
    at += letter.length
    if (letter === '\n') {
      newRow()
      continue
    }
    const shown = letter === '\t' ? '  ' : letter
    const own = widthOf(shown)
    if (width + own > cells && width > 0) {
      // What stands at the end of a full row is typed on at the next one.
      if (at - letter.length <= cursor) place = {x: 0, y: rows.length}
      newRow()
    }
    rows[rows.length - 1] += shown
    width += own
  }
  if (at <= cursor) {
    if (width >= cells) newRow()
    place = {x: width, y: rows.length - 1}
  }
  const first = Math.max(0, Math.min(place.y - Math.floor(most / 2), rows.length - most))
  return {rows: rows.slice(first, first + most), cursor: {x: place.x, y: place.y - first}}
}
