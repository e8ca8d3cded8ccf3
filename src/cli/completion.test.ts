import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {testNeeding} from '../../testing/needs.js'
import {tempFolder} from '../../testing/temp-folder.js'
import {formatCompletion, type Shell} from './completion.js'
import {type CommandFacts, completionTree, type FlagWord} from './completion-tree.js'

const flag = (word: string, rest: Partial<FlagWord> = {}): FlagWord => ({
  word,
  summary: '',
  takes: 'nothing',
  choices: [],
  ...rest,
})
const json = flag('--json', {summary: "One document, the program's way."})
const priority = flag('--priority', {takes: 'text', choices: ['low', 'high']})
const facts = (id: string, rest: Partial<CommandFacts> = {}): CommandFacts => ({
  id,
  summary: '',
  flags: [],
  values: [],
  slot: null,
  isMany: false,
  ...rest,
})
const tree = completionTree(
  [
    facts('message:send', {summary: 'Send one.', flags: [flag('--from'), priority, json], slot: 'agents'}),
    facts('message:list', {summary: 'List them.', flags: [json]}),
    facts('completion', {summary: 'This.', flags: [json], values: ['bash', 'zsh']}),
    facts('status', {summary: 'At a glance: $(touch x) `id` \'"'}),
  ],
  [{word: 'message', summary: 'Signed messages.'}],
)

test('the tree holds every topic once, with the commands below it', () => {
  expect(tree.map(({path, words}) => [path.join(' '), words.map(({word}) => word)])).toEqual([
    ['', ['completion', 'message', 'status']],
    ['completion', ['bash', 'zsh']],
    ['message', ['list', 'send']],
    ['message list', []],
    ['message send', []],
    ['status', []],
  ])
  expect(tree[0]?.words[1]).toEqual({word: 'message', summary: 'Signed messages.'})
})

testNeeding('bash')('bash completes commands, verbs, values and flags', () => {
  expect(completeInBash(['st'])).toEqual(['status'])
  expect(completeInBash(['message', ''])).toEqual(['list', 'send'])
  expect(completeInBash(['message', 'send', '--f'])).toEqual(['--from'])
  expect(completeInBash(['message', 'send', 'donna', '--'])).toEqual(['--from', '--priority', '--json'])
  expect(completeInBash(['message', 'send', '--priority', ''])).toEqual(['low', 'high'])
  expect(completeInBash(['message', 'send', 'donna', '--priority', 'h'])).toEqual(['high'])
  expect(completeInBash(['completion', 'z'])).toEqual(['zsh'])
})

testNeeding('zsh')('zsh reads its script', () => {
  expect(check('zsh')).toEqual({status: 0, stderr: ''})
})

testNeeding('fish')('fish reads its script', () => {
  expect(check('fish')).toEqual({status: 0, stderr: ''})
})

function completeInBash(words: readonly string[]): string[] {
  const script = `${formatCompletion('bash', 'mcos', tree)}
COMP_WORDS=(mcos "$@"); COMP_CWORD=$#; _mcos; printf '%s\\n' "\${COMPREPLY[@]}"`
  const {stdout, stderr} = spawnSync('bash', ['-c', script, 'bash', ...words], {encoding: 'utf8'})
  expect(stderr).toBe('')
  return stdout.trimEnd().split('\n')
}

function check(shell: Shell): {status: number | null; stderr: string} {
  const file = join(tempFolder(), 'script')
  writeFileSync(file, formatCompletion(shell, 'mcos', tree))
  const {status, stderr} = spawnSync(shell, ['-n', file], {encoding: 'utf8'})
  return {status, stderr}
}
