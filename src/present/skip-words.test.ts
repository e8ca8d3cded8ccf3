import {expect, test} from 'vitest'
import {skipWords} from './skip-words.js'

test('the reason of a beat that was passed over is told in words, one that is a sentence already as it is', () => {
  expect(skipWords('donna', 'quiet')).toBe('quiet hours; what is not urgent waits until they end')
  expect(skipWords('donna', 'parked')).toBe('parked; to wake it: mcos fleet wake donna')
  expect(skipWords('donna', 'no news; 1 check waits for an engine')).toBe('no news; 1 check waits for an engine')
})
