import {chmodSync, statSync} from 'node:fs'
import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {isUserError} from '../../kit/errors.js'
import {readSecret} from '../../workspace/read-secret.js'
import {checkSecrets} from './check.js'
import {listSecrets, removeSecret, setSecret} from './keep.js'
import {scanSecrets} from './scan.js'

const SECRET = 'Tq7-vX2m/K9pLw4zRb8n'
const REF = {source: 'keyring', value: 'DONNA_KEY'} as const
const CONFIG =
  'version: 1\nname: n\nengines:\n  a: { kind: openai, model: m, base_url: "http://127.0.0.1:9", key: keyring:DONNA_KEY }\n'

test('a secret is kept sealed, found by its reference where nothing can wait, listed by name, and taken away', async () => {
  const scene = openScene({files: {'mcos.yaml': CONFIG}})
  const fleet = await scene.open()
  expect((await checkSecrets(fleet, {live: false})).secrets).toMatchObject([
    {state: 'missing', fix: 'mcos secrets set DONNA_KEY'},
  ])
  const kept = await setSecret(fleet, {name: 'DONNA_KEY', value: `${SECRET}\n`, wants: 'age'})
  expect(kept).toMatchObject({reference: 'keyring:DONNA_KEY', where: 'age', used_by: ['mcos.yaml engines.a.key']})
  for (const path of ['.mcos/secrets/DONNA_KEY.age', '.mcos/keys/age.txt'])
    expect(statSync(`${scene.dir}/${path}`).mode & 0o777).toBe(0o600)
  expect(scene.read('.mcos/secrets/DONNA_KEY.age')).toMatch(/^age-encryption\.org\/v1\n-> X25519 /)
  expect(scene.read('.mcos/secrets/DONNA_KEY.age')).not.toContain(SECRET)

  const again = await scene.open()
  expect(readSecret(REF, {})).toBe(SECRET)
  expect((await checkSecrets(again, {live: false})).ok).toBe(true)
  expect(await listSecrets(again)).toMatchObject({secrets: [{name: 'DONNA_KEY', where: 'age'}]})
  expect(JSON.stringify(await listSecrets(again))).not.toContain(SECRET)
  scene.write('workspaces/donna/a.md', Buffer.from(SECRET).toString('hex'))
  expect((await scanSecrets(again, {paths: [], cwd: scene.dir, history: false})).findings).toMatchObject([
    {file: 'workspaces/donna/a.md', kind: 'keyring:DONNA_KEY', own: true},
  ])

  expect(await removeSecret(again, 'DONNA_KEY')).toEqual({
    name: 'DONNA_KEY',
    still_used_by: ['mcos.yaml engines.a.key'],
  })
  await scene.open()
  expect(() => readSecret(REF, {})).toThrow(/is not there/)
  await expect(removeSecret(again, 'DONNA_KEY')).rejects.toMatchObject({code: 'NOT_FOUND'})
})

test('a damaged file, an open key and another key are told when the secret is needed, and the fleet opens all the same', async () => {
  const scene = openScene({files: {'mcos.yaml': CONFIG}})
  await setSecret(await scene.open(), {name: 'DONNA_KEY', value: SECRET, wants: 'age'})
  const sealed = scene.read('.mcos/keys/age.txt')
  const codeNow = async (): Promise<string> => {
    await scene.open()
    try {
      return readSecret(REF, {})
    } catch (error) {
      if (isUserError(error)) return error.code
      throw error
    }
  }
  expect(await codeNow()).toBe(SECRET)
  chmodSync(`${scene.dir}/.mcos/keys/age.txt`, 0o644)
  expect(await codeNow()).toBe('SECRET_OPEN')
  chmodSync(`${scene.dir}/.mcos/keys/age.txt`, 0o600)
  scene.write('.mcos/keys/age.txt', sealed.replace(/AGE-SECRET-KEY-1..../, 'AGE-SECRET-KEY-1QQQQ'))
  expect(await codeNow()).toBe('SECRET_FAILED')
  scene.write('.mcos/keys/age.txt', sealed)
  scene.write('.mcos/secrets/DONNA_KEY.age', 'age-encryption.org/v1\nnonsense')
  expect(await codeNow()).toBe('SECRET_FAILED')
})

test.each([
  ['DONNA_KEY', ' \n', 'SECRET_SHAPE'],
  ['DONNA_KEY', 'changeme', 'SECRET_SHAPE'],
  ['DONNA_KEY', '"Tq7-vX2m-K9pLw4zRb8n"', 'SECRET_SHAPE'],
  ['../x', SECRET, 'BAD_NAME'],
  ['.hidden', SECRET, 'BAD_NAME'],
])('%s is not kept as %j', async (name, value, code) => {
  const scene = openScene({files: {'mcos.yaml': CONFIG}})
  const thrown = await setSecret(await scene.open(), {name, value, wants: 'age'}).catch((error: unknown) => error)
  expect(thrown).toMatchObject({code})
  expect(String(thrown)).not.toContain(value.trim() || 'never')
})
