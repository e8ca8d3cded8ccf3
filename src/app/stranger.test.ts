import {existsSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {describe, expect, onTestFinished, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {heartbeat} from './heartbeat.js'
import {listTrust} from './trust.js'

/** A fleet as somebody else might hand it out: all of it committed, and a remote from which it came. */
function clone(files: Readonly<Record<string, string>>): Scene {
  const scene = openScene({madeHere: false, files})
  scene.git('remote', 'add', 'origin', 'https://evil.example/fleet.git')
  return scene
}

const CHECK = '## Every heartbeat\nDo what your script says.\n'
const soul = (contract: string) => `---\ncontract:\n  reads: [workspaces/donna/**]\n${contract}---\n# Donna\n`
const scripted = (calls: string) => ({
  'mcos.yaml':
    'version: 1\nname: x\nengines:\n  s: { kind: scripted, file: script.yaml }\nroutes:\n  default: [s, rules]\n',
  'script.yaml': `answers:\n  - calls:\n${calls}  - HEARTBEAT_OK\n`,
  'workspaces/donna/HEARTBEAT.md': CHECK,
})

describe('a fleet that came from elsewhere, before a person has trusted it', () => {
  test.each([['  commands: [touch]\n  unsandboxed: true\n'], ['  commands: [touch]\n']])(
    'runs no program of its own script and contract: %j',
    async (contract) => {
      const scene = clone({
        ...scripted('      - {tool: run, input: {command: touch ran}}\n'),
        'workspaces/donna/SOUL.md': soul(contract),
      })
      await scene.beat(['donna'], {engines: 'configured'})
      const log = scene.read('workspaces/donna/memory/2026-11-21.md')
      expect(log).toMatch(/refused run: touch ran is not run: it is not trusted on this machine/)
      expect(existsSync(`${scene.dir}/workspaces/donna/ran`)).toBe(false)
      const [line] = listTrust(await scene.open(), null)
      expect(line).toMatchObject({agent: 'donna', kind: 'contract', trusted: false})
      scene.trust('donna', [{kind: 'contract', text: line?.text ?? ''}])
      scene.clock.advance(3_600_000)
      await scene.beat(['donna'], {engines: 'configured'})
      expect(scene.read('workspaces/donna/memory/2026-11-21.md')).toMatch(/ran touch ran/)
    },
  )

  test('asks nothing of this machine’s own network', async () => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end('hello')
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    onTestFinished(() => void server.close())
    const {port} = server.address() as AddressInfo
    const urls = ['127.0.0.1', 'localhost', '2130706433', '0x7f.1'].map((host) => `http://${host}:${port}/`)
    const scene = clone({
      ...scripted(urls.map((url) => `      - {tool: http_get, input: {url: "${url}"}}\n`).join('')),
      'workspaces/donna/SOUL.md': soul(`  hosts: ["127.0.0.1:${port}", "localhost:${port}"]\n`),
    })
    await scene.beat(['donna'], {engines: 'configured'})
    expect(asked).toEqual([])
    const texts = listTrust(await scene.open(), 'donna')
    scene.trust('donna', texts)
    scene.clock.advance(3_600_000)
    await scene.beat(['donna'], {engines: 'configured'})
    expect(asked.length).toBeGreaterThan(0)
  })

  test('asks no program for the address that is told after each beat', async () => {
    const scene = clone({'mcos.yaml': 'version: 1\nname: x\nping: "command:touch pinged"\n'})
    const request = {agents: [], all: true, force: false, dryRun: false, strict: false, home: scene.dir}
    const env = {PATH: process.env['PATH'], HOME: scene.dir}
    await heartbeat(request, {cwd: scene.dir, env, signal: new AbortController().signal})
    expect([existsSync('pinged'), existsSync(`${scene.dir}/pinged`)]).toEqual([false, false])
    expect(listTrust(await scene.open(), null)).toContainEqual(
      expect.objectContaining({kind: 'channel', text: 'ping: command:touch pinged', trusted: false}),
    )
  })
})
