import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Client} from '@modelcontextprotocol/sdk/client/index.js'
import {StdioClientTransport} from '@modelcontextprotocol/sdk/client/stdio.js'
import {expect, onTestFinished, test} from 'vitest'
import {cleanEnv, mcos} from '../../../testing/built-mcos.js'
import {expectSoon} from '../../../testing/expect-soon.js'
import {type McpScene, openMcpScene} from '../../../testing/mcp-scene.js'
import {HOSTS_BIN, host, testNeeding} from '../../../testing/needs.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {SERVED_TOOLS} from '../../app/mcp/tools.js'

const bin = fileURLToPath(new URL('../../../bin/mcos.js', import.meta.url))

function pairOf(scene: McpScene, agent: string): Record<string, string> {
  return {...cleanEnv(scene.dir), MCOS_AGENT: agent, MCOS_TOKEN: scene.tokenOf(agent)}
}

/** An agent with a mailbox, so that the tools for mail are offered. */
const MAIL = {
  'mcos.yaml':
    'version: 1\nname: northwind\npeople: { ada: { approves: [all], via: [terminal] } }\nmail:\n  accounts:\n    work: { kind: maildir, path: Mail, addresses: [ada@example.com], agent: donna }\n',
  'Mail/new/1.host':
    'From: Monitor <alerts@monitor.example>\nTo: ada@example.com\nSubject: Checkout is down\nMessage-ID: <1@monitor.example>\nDate: Sat, 21 Nov 2026 08:00:00 +0000\n\nIt is.\n',
  'Mail/cur/.keep': '',
  'Mail/tmp/.keep': '',
}

/** The client of the SDK, talking to the built command. */
async function connect(scene: McpScene, agent: string): Promise<Client> {
  const args = [bin, 'mcp', '--home', scene.dir]
  const transport = new StdioClientTransport({
    command: process.execPath,
    args,
    env: pairOf(scene, agent),
    stderr: 'ignore',
  })
  const client = new Client({name: 'a test', version: '1'})
  await client.connect(transport)
  onTestFinished(() => client.close())
  return client
}

function said(lines: readonly object[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

test('two clients of two agents join side by side, and each is the sender it proves to be', async () => {
  const scene = openMcpScene()
  const [donna, jarvis] = await Promise.all([connect(scene, 'donna'), connect(scene, 'jarvis')])
  expect(donna.getServerVersion()).toMatchObject({name: 'mcos', title: 'mcos, for donna'})
  const {tools} = await donna.listTools()
  expect(tools.map(({name}) => name)).toEqual(
    SERVED_TOOLS.map(({name}) => name).filter((name) => !name.startsWith('email_')),
  )
  await Promise.all([
    donna.callTool({name: 'message_send', arguments: {to: 'jarvis', text: 'one'}}),
    jarvis.callTool({name: 'message_send', arguments: {to: 'donna', text: 'two'}}),
  ])
  const {structuredContent} = await jarvis.callTool({name: 'inbox_list'})
  expect(structuredContent).toMatchObject({messages: [{from: 'donna', verified: true}]})
  expect(scene.git('log', '-2', '--format=%an').trim().split('\n').sort()).toEqual(['donna', 'jarvis'])
  const refused = await donna.callTool({name: 'alert_raise', arguments: {level: 'P0', title: 'x', evidence: ['y']}})
  expect(refused).toMatchObject({isError: true, structuredContent: {rule: 'never: alert.P0'}})
  const {resources} = await donna.listResources()
  const {contents} = await donna.readResource({uri: resources[0]?.uri ?? ''})
  expect(contents).toHaveLength(1)
  await expect(donna.readResource({uri: 'mcos://agent/jarvis/SOUL.md'})).rejects.toThrow(/reads/)
})

test('without its two variables, or with the wrong ones, it does not start, and nothing comes out but words on stderr', async () => {
  const scene = openMcpScene()
  const right = pairOf(scene, 'donna')
  const wrong = [
    {},
    {MCOS_AGENT: 'donna'},
    {MCOS_TOKEN: right['MCOS_TOKEN'] ?? ''},
    {...right, MCOS_AGENT: 'jarvis'},
    {...right, MCOS_TOKEN: 'sha256:0'},
  ]
  const ends = await Promise.all(wrong.map((env) => mcos(['mcp'], {cwd: scene.dir, env})))
  expect(ends.map(({code, stdout}) => [code, stdout])).toEqual(wrong.map(() => [3, '']))
  for (const {stderr} of ends) expect(stderr).toMatch(/mcos mcp (?:install|token)/)
})

test('it answers what was asked before its input ended, in both eras, and ends with it', async () => {
  const scene = openMcpScene()
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  }
  const input = said([
    {jsonrpc: '2.0', id: 1, method: 'server/discover', params: {_meta}},
    {jsonrpc: '2.0', id: 2, method: 'tools/call', params: {_meta, name: 'log_append', arguments: {text: 'Looked'}}},
    {
      jsonrpc: '2.0',
      id: 3,
      method: 'initialize',
      params: {protocolVersion: '2024-11-05', capabilities: {}, clientInfo: {name: 'old', version: '0'}},
    },
    {jsonrpc: '2.0', id: 4, method: 'ping'},
  ])
  const {code, stdout, stderr} = await mcos(['mcp'], {cwd: scene.dir, env: pairOf(scene, 'donna'), input})
  expect({code, stderr}).toEqual({code: 0, stderr: ''})
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const byId = Object.fromEntries(answers.map((answer) => [answer.id, answer.result]))
  expect(byId[1]).toMatchObject({resultType: 'complete', supportedVersions: expect.arrayContaining(['2026-07-28'])})
  expect(byId[2]).toMatchObject({resultType: 'complete', structuredContent: {added: true}})
  expect(byId[3]).toMatchObject({protocolVersion: '2024-11-05'})
  expect(byId[3].resultType).toBeUndefined()
  expect(byId[4]).toEqual({})
  expect(scene.git('log', '-1', '--format=%s')).toContain('Looked')
})

test('a hostile client is told what is wrong with each line, and the next one is served', async () => {
  const scene = openMcpScene()
  const call = (id: number, name: string, args: object): object => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: {name, arguments: args},
  })
  const input = [
    'not json\n',
    `"${'x'.repeat(5 * 1024 * 1024)}"\n`,
    '[]\n',
    '{"jsonrpc":"2.0","id":1,"method":"__proto__"}\n',
    said([
      call(2, 'message_send', {to: 'jarvis', text: 'x', from: 'jarvis', as: 'jarvis'}),
      call(3, 'log_read', {agent: '../../etc'}),
      {jsonrpc: '2.0', id: 4, method: 'resources/read', params: {uri: 'mcos://agent/donna/../../.mcos/keys/donna.key'}},
      ...Array.from({length: 1000}, (_, index) => call(1000 + index, 'inbox_list', {})),
    ]),
  ].join('')
  const {code, stdout} = await mcos(['mcp'], {cwd: scene.dir, env: pairOf(scene, 'donna'), input})
  expect(code).toBe(0)
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(answers.filter(({id}) => id === null).map(({error}) => error.code)).toEqual([-32700, -32700, -32600])
  const of = (id: number): Record<string, unknown> => answers.find((answer) => answer.id === id)
  expect(of(1)).toMatchObject({error: {code: -32601}})
  expect(of(2)).toMatchObject({result: {isError: true}})
  expect(of(3)).toMatchObject({result: {isError: true}})
  expect(of(4)).toMatchObject({error: {code: -32002}})
  expect(new Set(answers.filter(({id}) => id >= 1000).map(({id}) => id)).size).toBe(1000)
  expect(stdout).not.toContain('PRIVATE KEY')
})

test('the first answer is there within a second of the start, and a signal ends it', async () => {
  const scene = openMcpScene()
  const took: number[] = []
  // The best of a few: other tests share the machine.
  while (took.length < 5 && !took.some((ms) => ms < 1_000)) {
    const started = performance.now()
    const child = spawn(process.execPath, [bin, 'mcp'], {cwd: scene.dir, env: pairOf(scene, 'donna')})
    child.stdin.write(said([{jsonrpc: '2.0', id: 1, method: 'tools/list'}]))
    await once(child.stdout, 'data')
    took.push(performance.now() - started)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([143, null])
  }
  expectSoon(Math.min(...took), 1_000)
})

test('a pair is shown to a person who says so, and by it a client acts for the agent', async () => {
  const scene = openMcpScene()
  const hidden = await mcos(['mcp', 'token', 'donna'], {cwd: scene.dir})
  expect(hidden).toMatchObject({code: 2, stdout: ''})
  expect((await mcos(['mcp', 'token', 'nope'], {cwd: scene.dir})).stderr).toContain('There is no agent nope')
  const byAgent = await mcos(['mcp', 'token', 'donna', '--yes'], {cwd: scene.dir, env: pairOf(scene, 'donna')})
  expect(byAgent).toMatchObject({code: 3, stdout: ''})
  const {stdout} = await mcos(['mcp', 'token', 'donna', '--yes', '--json'], {cwd: scene.dir})
  const {command, args, env} = JSON.parse(stdout)
  const client = new Client({name: 'another', version: '1'})
  await client.connect(new StdioClientTransport({command, args, env: {...cleanEnv(tempFolder()), ...env}}))
  onTestFinished(() => client.close())
  expect((await client.callTool({name: 'workstate_show'})).structuredContent).toMatchObject({agent: 'donna'})
})

test('only a person registers a client', async () => {
  const scene = openMcpScene()
  for (const verb of ['install', 'uninstall']) {
    const refused = await mcos(['mcp', verb, 'donna', '--claude'], {cwd: scene.dir, env: pairOf(scene, 'donna')})
    expect(refused).toMatchObject({code: 3, stdout: ''})
  }
  expect((await mcos(['mcp', 'install', 'donna'], {cwd: scene.dir})).code).toBe(2)
})

testNeeding(host('mcp-inspector'))(
  'the MCP inspector lists every tool, calls every tool, and hears a refusal with its rule',
  async () => {
    const scene = openMcpScene(MAIL)
    const soul = scene.read('workspaces/donna/SOUL.md')
    scene.write('workspaces/donna/SOUL.md', soul.replace('may: [', 'may: [mail.label, '))
    scene.commitAll()
    const id = await scene.send('donna', 'Please look')
    const raised = await scene.call('jarvis', 'alert_raise', {level: 'P2', title: 'Odd', evidence: ['seen']})
    const sorted = await scene.call('donna', 'email_triage')
    const [mail] = sorted.value['verdicts'] as {id: string}[]
    const inputs: Record<string, readonly string[]> = {
      inbox_read: [`id=${id}`],
      message_send: ['to=jarvis', 'text=hello'],
      message_done: [`id=${id}`],
      log_append: ['text=Looked'],
      memory_add: ['topic=Bank', 'fact=It opens at nine.'],
      alert_raise: ['level=P3', 'title=A note', 'evidence=[]'],
      alert_confirm: [`id=${raised.value['id']}`],
      alert_dismiss: [`id=${raised.value['id']}`, 'why=no'],
      guard_check: ['verb=write', 'target=workspaces/jarvis/x.md'],
      email_show: [`id=${mail?.id}`],
    }
    const call = (name: string, args: readonly string[] = [], by = inspectAgain) =>
      by(scene, '--method', 'tools/call', '--tool-name', name, ...args.flatMap((arg) => ['--tool-arg', arg]))
    const [list, refused, files] = await Promise.all([
      inspect(scene, '--method', 'tools/list'),
      call('memory_show', ['agent=jarvis'], inspect),
      inspect(scene, '--method', 'resources/list'),
    ])
    const names = (list['tools'] as {name: string}[]).map(({name}) => name)
    expect(names).toEqual(SERVED_TOOLS.map(({name}) => name))
    for (const name of names) {
      const answered = await call(name, inputs[name])
      // Each call connects anew, and what was read from outside in an earlier one counts for it all the same.
      const isAsked = name === 'memory_add'
      expect({name, isError: answered['isError'] ?? false}).toEqual({name, isError: isAsked})
      expect(answered['structuredContent']).toMatchObject(isAsked ? {effect: 'ask'} : {})
    }
    expect(refused).toMatchObject({
      isError: true,
      structuredContent: {effect: 'deny', file: 'workspaces/donna/SOUL.md'},
    })
    expect((files['resources'] as {uri: string}[]).map(({uri}) => uri)).toContain('mcos://agent/donna/SOUL.md')
  },
)

testNeeding(
  host('claude'),
  host('codex'),
  host('gemini'),
)('Claude Code, Codex and Gemini CLI find the server where it was installed', async () => {
  const scene = openMcpScene()
  const home = tempFolder()
  const env = {...cleanEnv(home), HOME: home}
  const installed = await mcos(['mcp', 'install', 'donna', '--claude', '--codex', '--gemini', '--json'], {
    cwd: scene.dir,
    env,
  })
  expect(installed.code).toBe(0)
  const list = (name: string): string => {
    const {stdout, stderr} = spawnSync(join(HOSTS_BIN, name), ['mcp', 'list'], {
      cwd: home,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    })
    return stdout + stderr
  }
  expect(list('claude')).toMatch(/mcos-donna: .* Connected/)
  expect(list('codex')).toMatch(/mcos-donna .* enabled/)
  // It starts servers only where the person trusts the folder.
  writeFileSync(join(home, '.gemini/trustedFolders.json'), JSON.stringify({[home]: 'TRUST_FOLDER'}))
  expect(list('gemini')).toMatch(/mcos-donna: .* Connected/)
})

/** Each call of the inspector starts a server of its own. */
async function inspect(scene: McpScene, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const {MCOS_AGENT, MCOS_TOKEN} = pairOf(scene, 'donna')
  const pair = ['-e', `MCOS_AGENT=${MCOS_AGENT}`, '-e', `MCOS_TOKEN=${MCOS_TOKEN}`]
  return inspectBy([join(HOSTS_BIN, 'mcp-inspector'), '--cli', ...pair], scene, args)
}

/** The same by the process that `mcp-inspector --cli` starts for it: half the time. */
async function inspectAgain(scene: McpScene, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const inner = join(HOSTS_BIN, '../@modelcontextprotocol/inspector/cli/build/index.js')
  return inspectBy([process.execPath, inner], scene, args, pairOf(scene, 'donna'))
}

async function inspectBy(
  [program = '', ...before]: readonly string[],
  scene: McpScene,
  args: readonly string[],
  env = cleanEnv(scene.dir),
): Promise<Record<string, unknown>> {
  const server = [process.execPath, bin, 'mcp', '--home', scene.dir]
  const child = spawn(program, [...before, ...server, ...args], {cwd: scene.dir, env})
  child.stdin.end()
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  await once(child, 'close')
  return JSON.parse(text) as Record<string, unknown>
}
