import {expect, test} from 'vitest'
import {openApprovalScene, WORDS} from '../../testing/approval-scene.js'
import {setPassphrase} from '../guard/people/open-person.js'
import {answerAtTerminal} from './answer-at-terminal.js'
import {askNewPassphrase} from './passphrase.js'
import type {Terminal} from './terminal.js'

const NOBODY = {PATH: '/usr/bin:/bin'}

/** A terminal on which these lines are typed. */
function typing(...lines: (string | null)[]): Terminal & {readonly seen: string[]} {
  const seen: string[] = []
  return {
    seen,
    write: (text) => void seen.push(text),
    askHidden: async (question) => {
      seen.push(question)
      return lines.shift() ?? null
    },
    close: () => undefined,
  }
}

async function scene() {
  const opened = openApprovalScene()
  const id = await opened.raise({args: {tool: 'write', input: {path: 'x', content: 'one\ntwo\u001b[2J\u200b'}}})
  const {mcos, clock} = await opened.open()
  setPassphrase(mcos, {name: 'ada', passphrase: WORDS, old: null, now: clock.now(), cost: {n: 1024, r: 8, p: 1}})
  return {...opened, id, fleet: opened.open}
}

test('everything is shown, cleaned, before the passphrase is asked for', async () => {
  const {id, fleet, statusOf} = await scene()
  const terminal = typing(WORDS)
  const done = await answerAtTerminal(fleet, {id, answer: 'yes', by: 'ada'}, {env: NOBODY, terminal})
  const [shown = '', question] = terminal.seen
  for (const word of ['write', 'workspaces/donna/letter.md', '| one', '| two', 'sha256:', '2026-11-24', 'After a yes'])
    expect(shown).toContain(word)
  expect(shown).not.toMatch(/[\u001b\u200b]/)
  expect(shown).toMatch(/NOTE: 5 characters that nobody can see/)
  expect(question).toBe('Passphrase of ada: ')
  expect(done.answer).toBe('yes')
  expect(await statusOf(id)).toBe('approved')
})

test.each([
  ['MCOS_AGENT', {MCOS_AGENT: 'donna'}, undefined],
  ['MCOS_TOKEN', {MCOS_TOKEN: 'x'}, undefined],
  ['--as', {}, 'donna'],
])('%s is refused before anything is asked', async (_, env, as) => {
  const {id, fleet, statusOf} = await scene()
  const terminal = typing(WORDS)
  await expect(
    answerAtTerminal(fleet, {id, answer: 'yes', by: 'ada', as}, {env: {...NOBODY, ...env}, terminal}),
  ).rejects.toMatchObject({code: 'PERSON_ONLY', exit: 3})
  expect(terminal.seen).toEqual([])
  expect(await statusOf(id)).toBe('waiting')
})

test('a wrong passphrase, or none, answers nothing', async () => {
  const {id, fleet, statusOf} = await scene()
  const give = (...lines: (string | null)[]) =>
    answerAtTerminal(fleet, {id, answer: 'no', by: 'ada'}, {env: NOBODY, terminal: typing(...lines)})
  await expect(give('another boiler')).rejects.toMatchObject({code: 'WRONG_PASSPHRASE', exit: 3})
  await expect(give(null)).rejects.toMatchObject({code: 'NOTHING_TYPED', exit: 3})
  expect(await statusOf(id)).toBe('waiting')
})

test('who may not, or has set up nothing, is told before typing', async () => {
  const {id, fleet} = await scene()
  const terminal = typing(WORDS)
  await expect(answerAtTerminal(fleet, {id, answer: 'yes', by: 'eve'}, {env: NOBODY, terminal})).rejects.toMatchObject({
    code: 'NO_PERSON',
  })
  await expect(
    answerAtTerminal(fleet, {id, answer: 'yes', by: 'donna'}, {env: NOBODY, terminal}),
  ).rejects.toMatchObject({code: 'NAME_TAKEN'})
  expect(terminal.seen).toEqual([])
})

test('a new passphrase is typed twice, and the old one before it', async () => {
  const terminal = typing('old words', 'new words here', 'new words here')
  expect(await askNewPassphrase({name: 'ada', hasPassphrase: true}, terminal)).toEqual({
    passphrase: 'new words here',
    old: 'old words',
  })
  expect(terminal.seen).toEqual(['Old passphrase of ada: ', 'New passphrase of ada: ', 'Once more: '])
  await expect(askNewPassphrase({name: 'ada', hasPassphrase: false}, typing('one', 'two'))).rejects.toMatchObject({
    code: 'NOT_THE_SAME',
  })
})
