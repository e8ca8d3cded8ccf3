import {expect, test} from 'vitest'
import {openMailScene} from '../../../testing/mail-scene.js'
import {stopFleet} from '../stop.js'
import {chooseAccounts} from './choose.js'
import {passMailGate} from './gate.js'

const PERSON = {kind: 'person'} as const
const ACCOUNTS = {
  work: 'kind: maildir, path: A, agent: donna',
  team: 'kind: maildir, path: B, agent: jarvis',
}

test('a stop of the fleet, or of all whose mail it is, holds for people too; others go on', async () => {
  const fleet = await openMailScene({accounts: ACCOUNTS}).open()
  const pass = (...names: string[]) => passMailGate(fleet, chooseAccounts(fleet, names, PERSON), PERSON)
  await pass()
  stopFleet(fleet, {agent: 'donna', why: null})
  await expect(pass('work')).rejects.toMatchObject({code: 'STOPPED', exit: 3, suggestions: ['mcos resume donna']})
  await pass()
  await pass('team')
  stopFleet(fleet, {agent: null, why: null})
  await expect(pass('team')).rejects.toMatchObject({code: 'STOPPED', exit: 3, suggestions: ['mcos resume']})
})

test('an agent comes through only with a word for mail in its contract', async () => {
  const scene = openMailScene({
    accounts: ACCOUNTS,
    files: {'workspaces/jarvis/SOUL.md': '---\ncontract:\n  may: [message]\n---\n# Jarvis\n'},
  })
  const fleet = await scene.open()
  const pass = (name: string) => {
    const actor = {kind: 'agent', name, by: 'itself'} as const
    return passMailGate(fleet, chooseAccounts(fleet, [], actor), actor)
  }
  await pass('donna')
  await expect(pass('jarvis')).rejects.toMatchObject({code: 'REFUSED', exit: 3})
  stopFleet(fleet, {agent: 'donna', why: null})
  await expect(pass('donna')).rejects.toMatchObject({code: 'STOPPED'})
})
