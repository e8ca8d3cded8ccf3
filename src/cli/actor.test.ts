import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {openFleet} from '../app/fleet.js'
import {agentToken} from '../bus/agent-token.js'
import {makeKeyPair} from '../bus/keys.js'
import {findActor, requirePerson} from './actor.js'
import {isPerson} from './is-person.js'

const {privateKey} = makeKeyPair()

test('without a word from the environment a command acts for the person who typed it', async () => {
  expect(findActor(await fleetWith({}))).toEqual({kind: 'person'})
})

test('a person may act for an agent of this fleet', async () => {
  expect(findActor(await fleetWith({}), 'donna')).toEqual({kind: 'agent', name: 'donna', by: 'person'})
  const fleet = await fleetWith({})
  expect(() => findActor(fleet, 'dona')).toThrow(expect.objectContaining({code: 'NO_AGENT', exit: 2}))
})

test('an agent acts for itself with its token, and for nobody else', async () => {
  const fleet = await fleetWith({MCOS_AGENT: 'donna', MCOS_TOKEN: agentToken(privateKey)})
  expect(findActor(fleet)).toEqual({kind: 'agent', name: 'donna', by: 'itself'})
  expect(findActor(fleet, 'donna')).toEqual({kind: 'agent', name: 'donna', by: 'itself'})
  expect(() => findActor(fleet, 'gene')).toThrow(expect.objectContaining({code: 'NOT_YOURS', exit: 3}))
})

test.each([
  [{MCOS_AGENT: 'donna'}, 'BAD_TOKEN'],
  [{MCOS_AGENT: 'donna', MCOS_TOKEN: ''}, 'BAD_TOKEN'],
  [{MCOS_AGENT: 'donna', MCOS_TOKEN: 'guessed'}, 'BAD_TOKEN'],
  [{MCOS_AGENT: 'gene', MCOS_TOKEN: agentToken(privateKey)}, 'BAD_TOKEN'],
  [{MCOS_TOKEN: agentToken(privateKey)}, 'NO_ACTOR'],
  [{MCOS_AGENT: '', MCOS_TOKEN: ''}, 'NO_ACTOR'],
])('a claim that is not proven is refused: %j', async (env, code) => {
  const fleet = await fleetWith(env)
  expect(() => findActor(fleet)).toThrow(expect.objectContaining({code, exit: 3}))
})

test('what only a person may do is refused to whatever runs for an agent', () => {
  requirePerson({})
  expect([isPerson({}), isPerson({MCOS_AGENT: 'donna'}), isPerson({MCOS_TOKEN: ''})]).toEqual([true, false, false])
  const refusal = expect.objectContaining({code: 'PERSON_ONLY', exit: 3})
  expect(() => requirePerson({MCOS_AGENT: 'donna'})).toThrow(refusal)
  expect(() => requirePerson({MCOS_TOKEN: 'x'})).toThrow(refusal)
  expect(() => requirePerson({}, 'donna')).toThrow(refusal)
})

/** A home with the agents donna, who has a key on this machine, and gene, who has none. */
async function fleetWith(env: Readonly<Record<string, string>>) {
  const dir = tempFolder()
  writeFileSync(join(dir, 'mcos.yaml'), 'version: 1\nname: test\n')
  for (const name of ['donna', 'gene']) {
    mkdirSync(join(dir, 'workspaces', name), {recursive: true})
    writeFileSync(join(dir, 'workspaces', name, 'SOUL.md'), `---\nrole: ${name}\n---\n`)
  }
  mkdirSync(join(dir, '.mcos', 'keys'), {recursive: true})
  writeFileSync(join(dir, '.mcos', 'keys', 'donna.key'), privateKey, {mode: 0o600})
  return openFleet({cwd: dir, env})
}
