import {type Instance, render} from 'ink'
import type {LiveStatus} from '../src/app/status/live-status.js'
import {snapshotOf} from '../src/app/status/snapshot.js'
import {FullScreen, type Size} from '../src/tui/full-screen.js'
import {inkStream} from '../src/tui/ink-stream.js'
import {LineBook, LineBookContext} from '../src/tui/line-book.js'
import {StatusView} from '../src/tui/status/status-view.js'
import {FIRST_VIEW} from '../src/tui/status/view.js'

/** The screen without a terminal and without keys, for measuring what a frame costs. */
export function openTestScreen({columns, rows}: Size): {
  draw(status: LiveStatus, selected: string): void
  close(): void
} {
  const screen = new FullScreen({columns, rows, write: () => true, on: () => undefined, off: () => undefined})
  const book = new LineBook()
  const stdout = inkStream(screen, book)
  let instance: Instance | null = null
  screen.enter()
  return {
    draw(status, selected) {
      const snapshot = snapshotOf(status, {trouble: null, isComplete: true})
      const facts = {
        status: snapshot.readings.get(selected)?.status ?? null,
        name: selected,
        isOpen: false,
        isFleetStopped: false,
        isAgent: false,
        isBeating: false,
        isFiltered: false,
      }
      const frame = (
        <LineBookContext value={book}>
          <StatusView
            {...{snapshot, facts}}
            view={{...FIRST_VIEW, selected}}
            names={snapshot.roster}
            size={{columns, rows}}
            now={snapshot.at}
            lines={null}
            week={null}
            hasColor
          />
        </LineBookContext>
      )
      if (instance) instance.rerender(frame)
      else instance = render(frame, {stdout, debug: true, exitOnCtrlC: false, patchConsole: false})
    },
    close() {
      instance?.unmount()
      screen.leave()
    },
  }
}
