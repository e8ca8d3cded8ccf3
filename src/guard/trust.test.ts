import {cpSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {type Folder, openFolder} from '../kit/folder.js'
import {isTrusted, planDistrust, planMadeHere, planTrust, readTrust, TRUST_FILE} from './trust.js'

const at = '2026-11-21T08:00:00.000Z'
const by = 'ada'
let mcos: Folder

beforeEach(() => {
  mcos = openFolder(tempFolder())
})

function trust(agent: string, kind: 'run' | 'recover', text: string): void {
  const {path, content} = planTrust(readTrust(mcos), {agent, texts: [{kind, text}], at, by})
  mcos.write(path, content)
}

test('nothing is trusted until it was, and then exactly that', () => {
  expect(isTrusted(readTrust(mcos), {agent: 'donna', kind: 'run', text: 'run: df -h'})).toBe(false)
  trust('donna', 'run', 'run: df -h')
  const now = readTrust(mcos)
  expect(isTrusted(now, {agent: 'donna', kind: 'run', text: 'run: df -h'})).toBe(true)
  for (const other of [
    {agent: 'mike', kind: 'run', text: 'run: df -h'},
    {agent: 'donna', kind: 'recover', text: 'run: df -h'},
    {agent: 'donna', kind: 'run', text: 'run: df  -h'},
    {agent: 'donna', kind: 'run', text: 'run: df -h '},
    {agent: 'constructor', kind: 'run', text: 'run: df -h'},
  ] as const) {
    expect(isTrusted(now, other)).toBe(false)
  }
})

test('an agent may be called like a property of every object', () => {
  trust('constructor', 'run', 'run: true')
  trust('tostring', 'recover', 'recover: true')
  expect(isTrusted(readTrust(mcos), {agent: 'constructor', kind: 'run', text: 'run: true'})).toBe(true)
})

test('trusting again keeps who trusted first', () => {
  trust('donna', 'run', 'run: true')
  const texts = [{kind: 'run', text: 'run: true'}] as const
  const {content} = planTrust(readTrust(mcos), {agent: 'donna', texts: [...texts, ...texts], at: 'later', by: 'ben'})
  expect(JSON.parse(content).agents).toEqual({donna: [{kind: 'run', text: 'run: true', at, by}]})
})

test('trust is taken back one by one or all at once', () => {
  trust('donna', 'run', 'run: a')
  trust('donna', 'run', 'run: b')
  const one = planDistrust(readTrust(mcos), {agent: 'donna', texts: [{kind: 'run', text: 'run: a'}]})
  expect(JSON.parse(one.content).agents).toEqual({donna: [{kind: 'run', text: 'run: b', at, by}]})
  expect(JSON.parse(planDistrust(readTrust(mcos), {agent: 'donna'}).content).agents).toEqual({})
})

test.each([
  ['cut off', '{"donna": [{"kind"'],
  ['no object', '[]'],
  ['of no place', '{"agents": {}}'],
  ['no list', '{"place": "1-2", "agents": {"donna": true}}'],
  ['no entries', '{"place": "1-2", "agents": {"donna": [{"kind": "run", "text": 1}]}}'],
  ['an unknown kind', '{"place": "1-2", "agents": {"donna": [{"kind": "all", "text": "x", "at": "", "by": ""}]}}'],
])('a list that is %s trusts nothing and is not overwritten', (_, text) => {
  writeFileSync(join(mcos.dir, 'trust.json'), text)
  const found = readTrust(mcos)
  expect(found.problem).not.toBeNull()
  expect(found.agents.size).toBe(0)
  const again = () => planTrust(found, {agent: 'donna', texts: [], at, by})
  expect(again).toThrow(expect.objectContaining({code: 'UNREADABLE'}))
})

test('a link or a folder in its place trusts nothing', () => {
  const elsewhere = join(tempFolder(), 'trust.json')
  const {content} = planTrust(readTrust(mcos), {agent: 'donna', texts: [{kind: 'run', text: 'run: x'}], at, by})
  writeFileSync(elsewhere, content)
  symlinkSync(elsewhere, join(mcos.dir, 'trust.json'))
  expect(readTrust(mcos).agents.size).toBe(0)
  const other = openFolder(tempFolder())
  mkdirSync(join(other.dir, 'trust.json'))
  expect(readTrust(other).problem).not.toBeNull()
})

test('a list that came along with a copy of the folder trusts nothing there', () => {
  mcos.write(TRUST_FILE, planMadeHere(mcos).content)
  trust('donna', 'run', 'run: true')
  expect(readTrust(mcos)).toMatchObject({isMadeHere: true, problem: null})
  const copy = openFolder(tempFolder())
  cpSync(mcos.dir, copy.dir, {recursive: true, preserveTimestamps: true})
  const there = readTrust(copy)
  expect(there).toMatchObject({isMadeHere: false, problem: null})
  expect(isTrusted(there, {agent: 'donna', kind: 'run', text: 'run: true'})).toBe(false)
  copy.write(TRUST_FILE, planTrust(there, {agent: 'mike', texts: [{kind: 'run', text: 'run: a'}], at, by}).content)
  expect([...readTrust(copy).agents.keys()]).toEqual(['mike'])
})

test.each([
  ['a zero-width space', 'run: ./check\u200b.sh'],
  ['a control sequence round a part', 'run: sh -c ": \u009d; evil; : \u009c"'],
  ['a turned reading direction', 'run: echo \u202eabc'],
  ['a blank that is none', 'run: echo\u00a0x'],
  ['a letter that is drawn as nothing', 'run: ./\u3164check'],
])('a text with %s is never trusted, for nobody can see what it says', (_, text) => {
  expect(() => trust('donna', 'run', text)).toThrow(expect.objectContaining({code: 'HIDDEN_CHARACTERS', exit: 3}))
})
