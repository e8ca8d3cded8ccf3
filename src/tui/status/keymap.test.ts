import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import type {KeyFacts} from './binding.js'
import {bindingOf, footerBindings, KEYMAP, whyNot} from './keymap.js'
import {FIRST_VIEW, moved} from './view.js'

const FACTS: KeyFacts = {
  status: null,
  name: null,
  isOpen: false,
  isFleetStopped: false,
  isAgent: false,
  isBeating: false,
  isFiltered: false,
}

const WRITTEN: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  enter: '⏎',
  escape: 'Esc',
  backspace: 'Backspace',
  tab: 'Tab',
  'shift+tab': 'Shift+Tab',
  ' ': 'Space',
}

/** A key as people write it. */
const writtenOf = (key: string) =>
  WRITTEN[key] ?? key.replace(/^ctrl\+(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`)

/** A list without anybody in it. */
const ROOM = {names: [], listRows: 10, pageRows: 10, pageLines: 0, isPageAlone: false}

test('no key means two things at once unless they exclude each other', () => {
  const keys = KEYMAP.flatMap((binding) => binding.keys)
  expect(new Set(keys).size).toBe(keys.length)
})

test('the page about the status names every key', () => {
  const page = readFileSync(new URL('../../../docs/status.md', import.meta.url), 'utf8')
  for (const {shown} of KEYMAP) {
    for (const key of shown.split(' '))
      for (const one of key === '↑↓' ? ['↑', '↓'] : [key]) expect(page).toContain(`\`${one}\``)
  }
  for (const key of KEYMAP.flatMap(({keys}) => keys)) expect(page).toContain(`\`${writtenOf(key)}\``)
})

test('what stays at the bottom of a narrow screen is the way out', () => {
  expect(footerBindings(FACTS, 10).map(({act}) => act)).toEqual(['quit'])
})

test('stop, park and refuse ask before they act', () => {
  expect(KEYMAP.filter(({asks}) => asks !== null).map(({act}) => act)).toEqual(['no', 'park', 'stop', 'stop-fleet'])
})

test('Esc gives back all agents where a filter is kept, after it has closed what is open', () => {
  expect(bindingOf('escape', FACTS)).toBeNull()
  expect(bindingOf('escape', {...FACTS, isFiltered: true})?.act).toBe('close')
  const filtered = {...FIRST_VIEW, filter: 'do', isOpen: true}
  const list = moved(filtered, 'close', ROOM)
  expect(list).toMatchObject({filter: 'do', isOpen: false})
  expect(moved(list, 'close', ROOM).filter).toBe('')
})

test('a key without an effect says why', () => {
  expect(whyNot('escape', FACTS)?.text).toBe('Esc: this is the list of all agents.')
  expect(whyNot('b', FACTS)?.text).toBe('b: no agent is chosen.')
  expect(whyNot('b', {...FACTS, name: 'donna'})?.text).toBe('b: donna is still being read; once more in a moment.')
  expect(whyNot('tab', FACTS)?.text).toBe('Tab: open an agent first.')
})
