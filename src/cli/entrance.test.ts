import {execFile, spawnSync} from 'node:child_process'
import {existsSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {expect, test} from 'vitest'
import {DOOR_FAMILIES} from '../../scripts/door-chunks.js'
import {cleanEnv, mcos} from '../../testing/built-mcos.js'
import {tempFolder} from '../../testing/temp-folder.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = join(root, 'bin', 'mcos.js')
const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

test.each(['--version', '-v', 'version'])('%s answers the version', async (word) => {
  const {stdout, code} = await mcos([word], {cwd: tempFolder()})
  expect({stdout, code}).toEqual({stdout: `mcos ${version}\n`, code: 0})
})

test('--help lists the commands', async () => {
  const {stdout, code} = await mcos(['--help'], {cwd: tempFolder()})
  expect(code).toBe(0)
  expect(stdout).toContain('completion')
})

test.runIf(existsSync('/dev/full'))('output that finds no room is told in words, and is no success', async () => {
  for (const line of ['--help', 'completion bash', 'status']) {
    const cwd = tempFolder()
    writeFileSync(join(cwd, 'mcos.yaml'), 'version: 1\n')
    const command = `${JSON.stringify(process.execPath)} ${JSON.stringify(bin)} ${line} > /dev/full`
    const {status, stderr} = spawnSync('sh', ['-c', command], {cwd, env: cleanEnv(cwd), encoding: 'utf8'})
    expect(stderr, line).toMatch(
      /^What this command says can't be written where it was sent: ENOSPC.*\n {2}Make room .*\n$/,
    )
    expect(status, line).toBe(1)
  }
})

test('a command says how it is used, with examples', async () => {
  const {stdout, code} = await mcos(['completion', '--help'], {cwd: tempFolder()})
  expect(code).toBe(0)
  expect(stdout).toContain('$ mcos completion SHELL')
  expect(stdout).toContain('EXAMPLES')
})

test('an unknown command is wrong usage and names the nearest', async () => {
  const {stdout, stderr, code} = await mcos(['compeltion'], {cwd: tempFolder()})
  expect({stdout, stderr, code}).toEqual({
    stdout: '',
    stderr: 'There is no command "compeltion".\n  mcos completion --help\n',
    code: 2,
  })
})

test.each([
  [['compeltion', '--json'], 'There is no command "compeltion".', 'mcos completion --help'],
  [['completion', 'powershell', '--json'], '"powershell" is none of bash, zsh, fish.', 'mcos completion --help'],
  [['message', '--json'], 'mcos message takes one of: done, held, list, read, send.', 'mcos message --help'],
  [['completion', 'bash', '--wild', '--json'], 'There is no flag --wild.', 'mcos completion --help'],
])('%j is one error document on stdout and exit code 2', async (args, message, suggestion) => {
  const {stdout, stderr, code} = await mcos(args, {cwd: tempFolder()})
  expect(JSON.parse(stdout)).toEqual({error: {code: 'USAGE', message, suggestions: [suggestion]}})
  expect({stderr, code}).toEqual({stderr: '', code: 2})
})

test('it works through a link, as npm installs it', async () => {
  const dir = tempFolder()
  symlinkSync(bin, join(dir, 'mcos'))
  const {stdout} = await promisify(execFile)(join(dir, 'mcos'), ['completion', 'bash', '--json'], {env: cleanEnv(dir)})
  expect(JSON.parse(stdout).shell).toBe('bash')
})

test.each(DOOR_FAMILIES.flatMap(({chunks}) => chunks))(
  '%s is started from its kept code and loads nothing by import(), which nobody would answer',
  (name) => {
    expect(readFileSync(join(root, 'dist', 'doors', `${name}.cjs`), 'utf8')).not.toMatch(/\bimport\(/)
  },
)

test.each([
  ['turn', ['hot']],
  ['model', ['hot', 'look', 'turn']],
  ['anthropic', ['hot', 'look', 'turn', 'model']],
] as const)('%s takes along no file of a screen or of mail', (name, known) => {
  const code = readFileSync(join(root, 'dist', 'doors', `${name}.cjs`), 'utf8')
  const atOnce = [...code.matchAll(/=require\("\.\/([\w-]+)\.cjs"\)/g)].map(([, file]) => file)
  expect(known).toEqual(expect.arrayContaining(atOnce))
})

test('a reader that goes away early is no error', () => {
  const dir = tempFolder()
  const line = `'${process.execPath}' '${bin}' completion bash | true; echo "\${PIPESTATUS[0]}"`
  const {stdout, stderr} = spawnSync('bash', ['-c', line], {cwd: dir, env: cleanEnv(dir), encoding: 'utf8'})
  expect({stdout, stderr}).toEqual({stdout: '0\n', stderr: ''})
})
