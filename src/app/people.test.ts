import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {setPassphrase} from '../guard/people/open-person.js'
import {personNamed} from './people.js'

const FILES = {
  'mcos.yaml': 'version: 1\nname: northwind\npeople:\n  ada: { approves: [all], via: [terminal] }\n',
}

test('a name that nobody has is said to be nobody\u2019s, with those who are there', async () => {
  const fleet = await openScene({files: FILES}).open()
  expect(() => personNamed(fleet, 'nobody')).toThrow(
    expect.objectContaining({code: 'NO_PERSON', exit: 2, suggestions: ['Its people: ada']}),
  )
  expect(() => personNamed(fleet, 'jarvis')).toThrow(
    expect.objectContaining({
      code: 'NAME_TAKEN',
      message: expect.stringContaining('is an agent'),
      suggestions: ['Its people: ada'],
    }),
  )
  expect(personNamed(fleet, 'ada')).toEqual({name: 'ada', hasPassphrase: false})
})

test('whoever sits here, and whoever has a passphrase here, is known without mcos.yaml', async () => {
  const fleet = await openScene({files: FILES}).open()
  const {name} = personNamed(fleet, undefined)
  expect(personNamed(fleet, name).name).toBe(name)
  const cost = {n: 1024, r: 8, p: 1}
  setPassphrase(fleet.mcos, {name: 'cleo', passphrase: 'a boiler in the attic', old: null, now: 0, cost})
  expect(personNamed(fleet, 'cleo').hasPassphrase).toBe(true)
})
