import {chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openMcpScene} from '../../../../testing/mcp-scene.js'
import {tempFolder} from '../../../../testing/temp-folder.js'
import {initRepository} from '../../../history/init.js'
import {type RegisterWish, registerServer, unregisterServer} from './register.js'

const WISH: RegisterWish = {agent: 'donna', clients: ['claude', 'codex', 'gemini'], scope: 'user', dryRun: false}

async function machine() {
  const scene = openMcpScene()
  const home = tempFolder()
  const fleet = {...(await scene.open()), env: {PATH: process.env['PATH'], HOME: home}}
  return {scene, home, fleet, token: scene.tokenOf('donna')}
}

test('each client gets the pair in its own settings, which only the person may read from then on', async () => {
  const {home, fleet, token, scene} = await machine()
  writeFileSync(join(home, '.claude.json'), '{"userID": "x"}', {mode: 0o644})
  const {clients, token_in} = registerServer(fleet, WISH)
  expect(clients.map(({client, change}) => [client, change])).toEqual([
    ['claude', 'changed'],
    ['codex', 'made'],
    ['gemini', 'made'],
  ])
  for (const file of token_in) {
    const text = readFileSync(file, 'utf8')
    for (const part of [token, 'mcos-donna', '"--home"', scene.dir]) expect(text).toContain(part)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  }
  expect(registerServer(fleet, WISH).clients.map(({change}) => change)).toEqual(['same', 'same', 'same'])
  unregisterServer(fleet, WISH)
  for (const file of token_in) expect(readFileSync(file, 'utf8')).not.toContain(token)
})

test('a plan writes nothing, and shows what would stand there without the token', async () => {
  const {home, fleet, token} = await machine()
  const {clients} = registerServer(fleet, {...WISH, dryRun: true})
  expect(existsSync(join(home, '.claude.json'))).toBe(false)
  expect(JSON.stringify(clients)).not.toContain(token)
  const [claude, codex] = clients
  expect(JSON.parse(claude?.text ?? '')).toMatchObject({
    mcpServers: {'mcos-donna': {args: expect.arrayContaining(['mcp']), env: {MCOS_TOKEN: 'sha256:…'}}},
  })
  expect(codex?.text).toContain('[mcp_servers.mcos-donna.env]\nMCOS_AGENT = "donna"\nMCOS_TOKEN = "sha256:…"\n')
})

test('settings that have the pair already and are open to others are closed to them', async () => {
  const {home, fleet} = await machine()
  const file = join(home, '.claude.json')
  const claude: RegisterWish = {...WISH, clients: ['claude']}
  registerServer(fleet, claude)
  chmodSync(file, 0o644)
  expect(registerServer(fleet, {...claude, dryRun: true}).clients).toMatchObject([{change: 'tightened'}])
  expect(statSync(file).mode & 0o777).toBe(0o644)
  expect(registerServer(fleet, claude).clients).toMatchObject([{change: 'tightened'}])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(registerServer(fleet, claude).clients).toMatchObject([{change: 'same'}])
  chmodSync(file, 0o640)
  unregisterServer(fleet, claude)
  expect(statSync(file).mode & 0o777).toBe(0o640)
})

test('what a killed install has left half-written beside the settings goes with the next one', async () => {
  const {home, fleet} = await machine()
  const temp = join(home, '.mcos-tmp-999999999-1abc')
  writeFileSync(temp, 'MCOS_TOKEN')
  utimesSync(temp, 1, 1)
  registerServer(fleet, {...WISH, clients: ['claude'], dryRun: true})
  expect(existsSync(temp)).toBe(true)
  registerServer(fleet, {...WISH, clients: ['claude']})
  expect(existsSync(temp)).toBe(false)
})

test('a token gets into no file that git keeps or would keep', async () => {
  const {scene, fleet} = await machine()
  const inFolder: RegisterWish = {...WISH, clients: ['gemini'], scope: 'project'}
  expect(() => registerServer(fleet, inFolder)).toThrow(/git does not ignore it/)
  scene.write('.gitignore', '.mcos/\n.gemini/\n')
  expect(registerServer(fleet, inFolder).clients).toMatchObject([{change: 'made'}])
  expect(scene.git('status', '--porcelain', '--untracked-files=all')).not.toContain('.gemini')
})

test('also where the home folder of the person is a repository', async () => {
  const {home, fleet} = await machine()
  initRepository(home)
  expect(() => registerServer(fleet, WISH)).toThrow(/nothing was written/)
  expect(existsSync(join(home, '.codex'))).toBe(false)
})

test('one file that cannot be read keeps all of them as they were', async () => {
  const {home, fleet} = await machine()
  mkdirSync(join(home, '.gemini'))
  writeFileSync(join(home, '.gemini/settings.json'), '{broken')
  expect(() => registerServer(fleet, WISH)).toThrow(/settings\.json:1/)
  expect(existsSync(join(home, '.claude.json'))).toBe(false)
})

test('settings behind a link are not replaced', async () => {
  const {home, fleet} = await machine()
  writeFileSync(join(home, 'dotfiles.json'), '{}')
  symlinkSync('dotfiles.json', join(home, '.claude.json'))
  expect(() => registerServer(fleet, WISH)).toThrow(/link/)
})

test('a link that an agent has put in the place of a folder of its own leads the token nowhere', async () => {
  const {scene, home, fleet} = await machine()
  scene.write('.gitignore', '.mcos/\n.codex\n')
  symlinkSync(home, join(scene.dir, 'workspaces/donna/.codex'))
  expect(() => registerServer(fleet, {...WISH, clients: ['codex'], scope: 'project'})).toThrow(/link/)
  expect(existsSync(join(home, 'config.toml'))).toBe(false)
})
