import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {footerBindings, KEYMAP, type KeyFacts} from './keymap.js'

const FACTS: KeyFacts = {status: null, isOpen: false, isFleetStopped: false, isAgent: false, isBeating: false}

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
})

test('what stays at the bottom of a narrow screen is the way out', () => {
  expect(footerBindings(FACTS, 10).map(({act}) => act)).toEqual(['quit'])
})

test('stop, park and refuse ask before they act', () => {
  expect(KEYMAP.filter(({asks}) => asks !== null).map(({act}) => act)).toEqual(['no', 'park', 'stop', 'stop-fleet'])
})
