import {spawnSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {cleanEnv, mcos} from '../../testing/built-mcos.js'
import {testNeeding} from '../../testing/needs.js'
import {tempFolder} from '../../testing/temp-folder.js'
import type {Shell} from './completion.js'

const bin = fileURLToPath(new URL('../../bin/mcos.js', import.meta.url))

/** A fleet of three, an approval that waits beside one that was answered, and things that are no agents. */
function scene() {
  const home = tempFolder()
  const fleet = join(home, 'fleet')
  for (const name of ['donna', 'gene', 'jarvis', 'Not an agent', '$(touch hit)'])
    mkdirSync(join(fleet, 'workspaces', name), {recursive: true})
  writeFileSync(join(fleet, 'mcos.yaml'), 'version: 1\nname: northwind\n')
  for (const id of ['01K9AAAAAAAAAAAAAAAAAAAAAA', '01K9BBBBBBBBBBBBBBBBBBBBBB'])
    mkdirSync(join(fleet, 'approvals', id), {recursive: true})
  writeFileSync(join(fleet, 'approvals/01K9AAAAAAAAAAAAAAAAAAAAAA/answer.md'), '')
  mkdirSync(join(fleet, 'alerts/01K9CCCCCCCCCCCCCCCCCCCCCC-the-app-is-down'), {recursive: true})
  writeFileSync(join(home, 'mcos'), `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`, {mode: 0o755})
  return {home, fleet}
}

test('names and ids come from the fleet that the line is about', async () => {
  const {home, fleet} = scene()
  const words = async (cwd: string, argv: readonly string[], env = {}) =>
    (await mcos(['words', ...argv], {cwd, env})).stdout.trimEnd().split('\n')
  const agents = ['donna', 'gene', 'jarvis']
  expect(await words(join(fleet, 'workspaces/donna'), ['agents'])).toEqual(agents)
  expect(await words(home, ['agents', 'run', '--home', 'fleet'])).toEqual(agents)
  expect(await words(home, ['agents', '--home', '=', '~/fleet'])).toEqual(agents)
  expect(await words(home, ['agents'], {MCOS_HOME: fleet})).toEqual(agents)
  expect(await words(home, ['agents'])).toEqual([''])
  expect(await words(fleet, ['approvals'])).toEqual(['01K9BBBBBBBBBBBBBBBBBBBBBB'])
  expect(await words(fleet, ['alerts'])).toEqual(['01K9CCCCCCCCCCCCCCCCCCCCCC'])
})

test('agents that mcos.yaml names are the ones it names, and a broken one is silent', async () => {
  const {fleet} = scene()
  writeFileSync(join(fleet, 'mcos.yaml'), 'version: 1\nagents: {otto: {path: .}}\n')
  expect(await mcos(['words', 'agents'], {cwd: fleet})).toMatchObject({code: 0, stdout: 'otto\n', stderr: ''})
  writeFileSync(join(fleet, 'mcos.yaml'), 'agents: [\n')
  expect(await mcos(['words', 'agents'], {cwd: fleet})).toMatchObject({code: 0, stdout: '', stderr: ''})
})

test('what is no kind of word is left to the other commands', async () => {
  expect(await mcos(['words', 'secrets'], {cwd: tempFolder()})).toMatchObject({code: 2, stdout: ''})
})

/** What each shell offers for a line, by its real script and the built command. */
const ASK: Readonly<Record<Shell, (script: string, words: readonly string[]) => string[]>> = {
  bash: (script, words) => [
    'bash',
    '-c',
    `. ${script}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mcos; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
    ...words,
  ],
  zsh: (script, given) => [
    'zsh',
    '-fc',
    `compdef() { : }; _files() { print files }; _describe() { local -a all; all=("\${(@P)2}"); print -l -- "\${(@)all%%:*}" }
. ${script}; words=("$@"); CURRENT=$#; PREFIX="\${@[-1]}"; _mcos`,
    'zsh',
    ...given,
  ],
  fish: (script, words) => ['fish', '-Nc', `source ${script}; complete -C '${words.join(' ')}'`],
}

testNeeding(
  'bash',
  'zsh',
  'fish',
)('bash, zsh and fish offer the names of the fleet where a name belongs', async () => {
  const {home, fleet} = scene()
  const agents = ['donna', 'gene', 'jarvis']
  const env = {...cleanEnv(home), PATH: `${home}:${process.env['PATH']}`}
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    const {stdout} = await mcos(['completion', shell], {cwd: home})
    const script = join(home, `script.${shell}`)
    writeFileSync(script, stdout)
    const complete = (words: readonly string[], cwd = fleet): string[] => {
      const [program = '', ...args] = ASK[shell](script, ['mcos', ...words])
      const {stdout: offered, stderr} = spawnSync(program, args, {cwd, env, encoding: 'utf8'})
      const cur = words.at(-1) ?? ''
      const lines = offered.split('\n').map((line) => line.split('\t')[0] ?? '')
      return [shell, stderr, ...lines.filter((line) => line !== '' && line.startsWith(cur)).sort()]
    }
    expect(complete(['run', ''])).toEqual([shell, '', ...agents])
    expect(complete(['run', 'do'])).toEqual([shell, '', 'donna'])
    expect(complete(['heartbeat', 'donna', '--force', 'g'])).toEqual([shell, '', 'gene'])
    expect(complete(['--home', 'fleet', 'message', 'send', ''], home)).toEqual([shell, '', ...agents])
    expect(complete(['message', 'send', 'donna', '--from', ''])).toEqual([shell, '', ...agents])
    expect(complete(['approve', 'yes', ''])).toEqual([shell, '', '01K9BBBBBBBBBBBBBBBBBBBBBB'])
    expect(complete(['run', 'donna', 'g'])).not.toContain('gene')
    expect(complete(['mess'])).toEqual([shell, '', 'message'])
  }
})
