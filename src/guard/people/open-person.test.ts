import {readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {tempFolder} from '../../../testing/temp-folder.js'
import {type Folder, openFolder} from '../../kit/folder.js'
import {makeChannelKey} from './channel-key.js'
import {answerKeysOf, openPerson, setPassphrase} from './open-person.js'
import {listPersonFiles} from './person-file.js'
import {deriveKey, KEY_COST, openPublicHalf, signWith} from './person-key.js'

const NOW = Date.parse('2026-11-21T08:00:00Z')
const WORDS = 'a boiler in the attic'
const cost = {n: 2 ** 10, r: 8, p: 1}
let mcos: Folder

beforeEach(() => {
  mcos = openFolder(tempFolder())
})

function setUp(passphrase = WORDS, old: string | null = null): void {
  setPassphrase(mcos, {name: 'ada', passphrase, old, now: NOW, cost})
}

function open(passphrase: string, now = NOW) {
  return openPerson(mcos, {name: 'ada', passphrase, now})
}

test('what is kept of a passphrase is a salt, a cost and a public key, for its owner alone', () => {
  setUp()
  const file = join(mcos.dir, 'people/ada.json')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const data = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  expect(Object.keys(data).sort()).toEqual(['at', 'kdf', 'n', 'name', 'p', 'public_key', 'r', 'salt', 'version'])
  expect(readFileSync(file, 'utf8')).not.toContain(WORDS)
  expect(listPersonFiles(mcos).map(({name}) => name)).toEqual(['ada'])
})

test('a guess costs what 2^17 rounds of scrypt cost', () => {
  expect(KEY_COST.n).toBeGreaterThanOrEqual(2 ** 17)
  const started = performance.now()
  deriveKey(WORDS, {...KEY_COST, salt: Buffer.alloc(32)})
  expect(performance.now() - started).toBeGreaterThan(50)
})

test('the right passphrase signs what the kept key proves, and another one does not', () => {
  setUp()
  const bytes = Buffer.from('yes')
  const key = answerKeysOf(mcos).person('ada')
  if (key === null) throw new Error('no key')
  const {verify} = process.getBuiltinModule('node:crypto')
  expect(verify(null, bytes, key, Buffer.from(open(WORDS).sign(bytes), 'base64'))).toBe(true)
  const other = deriveKey('another boiler', {...cost, salt: Buffer.alloc(32)})
  expect(verify(null, bytes, key, Buffer.from(signWith(other, bytes), 'base64'))).toBe(false)
})

test('the same words typed in another normal form are the same passphrase', () => {
  setUp('zw\u00f6lf Boiler')
  expect(open('zwo\u0308lf Boiler').name).toBe('ada')
})

test('a new passphrase needs the old one, and the old one is over then', () => {
  setUp()
  expect(() => setUp('a new boiler')).toThrow(expect.objectContaining({code: 'OLD_NEEDED', exit: 3}))
  expect(() => setUp('a new boiler', 'wrong words')).toThrow(expect.objectContaining({code: 'WRONG_PASSPHRASE'}))
  setUp('a new boiler', WORDS)
  expect(() => open(WORDS)).toThrow(expect.objectContaining({code: 'WRONG_PASSPHRASE', exit: 3}))
  expect(open('a new boiler').name).toBe('ada')
})

test('a passphrase of a few letters is refused', () => {
  expect(() => setUp('boiler')).toThrow(expect.objectContaining({code: 'TOO_SHORT', exit: 2}))
})

test('after five wrong ones each further one waits a minute, the right one too', () => {
  setUp()
  for (let times = 0; times < 5; times++) {
    expect(() => open('wrong words')).toThrow(expect.objectContaining({code: 'WRONG_PASSPHRASE'}))
  }
  expect(() => open(WORDS)).toThrow(expect.objectContaining({code: 'PAUSED', exit: 3}))
  expect(() => open(WORDS, NOW + 59_000)).toThrow(expect.objectContaining({code: 'PAUSED'}))
  expect(() => open('wrong words', NOW + 60_000)).toThrow(expect.objectContaining({code: 'WRONG_PASSPHRASE'}))
  expect(() => open(WORDS, NOW + 61_000)).toThrow(expect.objectContaining({code: 'PAUSED'}))
  expect(open(WORDS, NOW + 120_000).name).toBe('ada')
  expect(open(WORDS, NOW + 120_001).name).toBe('ada')
})

test('damaging the count, or setting the clock back, gives nobody a free try', () => {
  setUp()
  expect(() => open('wrong words')).toThrow()
  writeFileSync(join(mcos.dir, 'people/ada.tries'), '{"wrong":')
  expect(() => open(WORDS)).toThrow(expect.objectContaining({code: 'PAUSED'}))
  writeFileSync(join(mcos.dir, 'people/ada.tries'), JSON.stringify({wrong: 5, until: NOW + 900_000_000}))
  expect(() => open(WORDS)).toThrow(/looked at in 60 s/)
})

test('a person who has set up nothing is nobody here', () => {
  expect(() => open(WORDS)).toThrow(expect.objectContaining({code: 'NOT_SET_UP', exit: 3}))
  expect(answerKeysOf(mcos).person('ada')).toBeNull()
  expect(answerKeysOf(mcos).person('../ada')).toBeNull()
})

test.each([
  ['cut off', '{"name":'],
  ['of somebody else', JSON.stringify({version: 1, name: 'ben', kdf: 'scrypt', n: 1024, r: 8, p: 1})],
  [
    'of a cost that would fill the memory',
    JSON.stringify({name: 'ada', kdf: 'scrypt', n: 2 ** 30, r: 8, p: 1, salt: '', public_key: '', at: ''}),
  ],
])('a file that is %s opens nobody', (_, text) => {
  mcos.write('people/ada.json', text)
  expect(() => open(WORDS)).toThrow(expect.objectContaining({code: 'NOT_SET_UP'}))
})

test('a key that is no Ed25519 key proves nothing', () => {
  expect(openPublicHalf('')).toBeNull()
  expect(openPublicHalf(Buffer.from('hello').toString('base64'))).toBeNull()
})

test('what signs for channels is made once, and refused when others can read it', () => {
  const bytes = Buffer.from('yes')
  const made = makeChannelKey(mcos)
  expect(makeChannelKey(mcos).sign(bytes)).toBe(made.sign(bytes))
  const file = join(mcos.dir, 'people/_channels.key')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(listPersonFiles(mcos)).toEqual([])
  mcos.write('people/_channels.key', readFileSync(file, 'utf8'), {mode: 0o644})
  expect(() => makeChannelKey(mcos)).toThrow(expect.objectContaining({code: 'KEY_EXPOSED'}))
  mcos.write('people/_channels.key', 'no key', {mode: 0o600})
  expect(() => makeChannelKey(mcos)).toThrow(expect.objectContaining({code: 'KEY_BROKEN'}))
})
