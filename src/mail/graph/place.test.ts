import fc from 'fast-check'
import {expect, test} from 'vitest'
import {formatPlace, parsePlace} from './place.js'

const LINK = "https://graph.microsoft.com/v1.0/me/mailFolders('inbox')/messages/delta?$deltatoken=aB-_%3D"

test('what waits comes back from the link as it went in, whatever ids are made of', () => {
  fc.assert(
    fc.property(fc.array(fc.string({minLength: 1, unit: 'grapheme'})), (pending) => {
      const place = {link: LINK, pending}
      const text = formatPlace(place)
      expect(URL.canParse(text)).toBe(true)
      expect(parsePlace(text)).toEqual(place)
    }),
  )
})

test('no server sees what waits, and without any the link is the link', () => {
  expect(formatPlace({link: LINK, pending: []})).toBe(LINK)
  expect(new URL(formatPlace({link: LINK, pending: ['AAk=']})).hash).toBe('#AAk%3D')
  expect(formatPlace({link: `${LINK}#theirs`, pending: ['a']})).toBe(`${LINK}#a`)
})

test('a damaged place is still a place', () => {
  expect(parsePlace(`${LINK}#%E0%A4%A,,b`)).toEqual({link: LINK, pending: ['%E0%A4%A', 'b']})
})
