import {mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openRepository} from '../../testing/repository-scene.js'
import {tempFolder} from '../../testing/temp-folder.js'
import {isUserError} from '../kit/errors.js'
import {type Asking, askStart} from './ask-start.js'
import {converseOver} from './conversation.js'
import {lookAround, type StartAnswers} from './start-answers.js'

const NOWHERE = {ollama: 'http://127.0.0.1:1'}
const SCHEDULES = [
  {word: 'none', label: 'not yet'},
  {word: 'cron', label: 'a line in your crontab'},
]

async function asking(cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Asking> {
  const here = {cwd, env: {HOME: cwd, PATH: '', ...env}}
  return {...here, found: await lookAround(here, NOWHERE), schedules: SCHEDULES}
}

/** A person who answers from a list, and everything that was said to them. */
function person(lines: readonly (string | null)[]) {
  const left = [...lines]
  let said = ''
  const talk = converseOver({
    read: async (prompt) => {
      said += `${prompt}\n`
      return left.length === 0 ? '' : (left.shift() ?? null)
    },
    write: (text) => {
      said += text
    },
    close: () => undefined,
  })
  return {talk, said: () => said, questions: () => said.split('\n').filter((line) => line.startsWith('  [')).length}
}

test('Enter is a whole answer, and each question says in a line what it decides', async () => {
  const home = tempFolder()
  openRepository(join(home, 'app'))
  const ada = person([])
  const choice = await askStart({}, await asking(home), ada.talk)
  expect(choice).toEqual({
    dir: join(home, 'my-fleet'),
    adopt: null,
    template: 'solo',
    agent: 'main',
    engine: null,
    watch: {repositories: [join(home, 'app')], maildirs: []},
    schedule: 'none',
  })
  expect(ada.questions()).toBe(5)
  expect(ada.said()).toContain('No key, no Ollama and no coding agent was found here, so no model is asked.')
  expect(ada.said()).toContain(
    [
      '',
      'Where shall the fleet live?',
      '  A folder of markdown, with git as its history. It is made if it is not there.',
      '  [~/my-fleet] ',
      '',
      'Who is your first agent?',
    ].join('\n'),
  )
  expect(readdirSync(home)).toEqual(['app'])
})

test('a wrong answer is told why and asked again', async () => {
  const home = tempFolder()
  mkdirSync(join(home, 'old'))
  writeFileSync(join(home, 'old/mcos.yaml'), 'version: 1\n')
  writeFileSync(join(home, 'file'), '')
  const ada = person([
    '~',
    'old',
    'file/x',
    'fleet',
    'comm',
    '9',
    '3',
    'Donna!',
    'donna',
    'cladue',
    'claude',
    'cronn',
    '2',
  ])
  const choice = await askStart({}, await asking(home, {OPENAI_API_KEY: 'sk-x'}), ada.talk)
  expect(choice).toMatchObject({dir: join(home, 'fleet'), template: 'comms', agent: 'donna', schedule: 'cron'})
  expect(choice.engine?.name).toBe('claude')
  for (const sentence of [
    'is no folder for a fleet',
    'old is a fleet already. Name another folder.',
    'file is a file. Name a folder.',
    '"comm" is none of these. Did you mean comms?',
    '9 is none of these: type 1 to 6.',
    '"Donna!"',
    'There is no engine "cladue" to begin with. Did you mean claude?',
    '"cronn" is none of these. Did you mean cron?',
  ])
    expect(ada.said()).toContain(sentence)
})

test('an agent that lives here already is proposed first, with what adopting it means', async () => {
  const home = tempFolder()
  mkdirSync(join(home, '.openclaw/workspace'), {recursive: true})
  writeFileSync(join(home, '.openclaw/workspace/SOUL.md'), '# Clawd\n')
  const ada = person([])
  const choice = await askStart({}, await asking(home), ada.talk)
  expect(choice).toMatchObject({adopt: join(home, '.openclaw/workspace'), agent: undefined})
  expect(ada.said()).toContain('main: 1 file comes along, none is left out')
  expect(ada.said()).toContain('nothing is granted')
  expect(ada.questions()).toBe(3)
})

test('what a flag has said is not asked', async () => {
  const home = tempFolder()
  const ada = person([])
  const answers: StartAnswers = {
    dir: 'here',
    template: 'solo',
    agent: 'otto',
    engine: 'ollama:qwen3:14b',
    watch: ['none'],
    schedule: 'none',
  }
  const choice = await askStart(answers, await asking(home), ada.talk)
  expect(choice).toMatchObject({dir: join(home, 'here'), agent: 'otto', engine: {name: 'local'}})
  expect(ada.questions()).toBe(0)
})

test('engines that are here are proposed by number, and several things to watch can be picked', async () => {
  const home = tempFolder()
  for (const name of ['a', 'b', 'c']) openRepository(join(home, name))
  const here = await asking(home, {OPENAI_API_KEY: 'sk-x'})
  const ada = person(['', '', '', '1', '1, 3', ''])
  const choice = await askStart({}, here, ada.talk)
  expect(choice.engine?.word).toBe('openai')
  expect(choice.watch.repositories).toEqual([here.found.around.repositories[0], here.found.around.repositories[2]])
  expect(ada.said()).toContain('  1  openai  gpt-5-mini, OPENAI_API_KEY is set')
})

test('whoever leaves in the middle has made nothing', async () => {
  const home = tempFolder()
  const left = await askStart({}, await asking(home), person(['', null]).talk).catch((error: unknown) => error)
  expect(isUserError(left) && left.code).toBe('LEFT')
  expect(readdirSync(home)).toEqual([])
})
