import {expect, onTestFinished, test} from 'vitest'
import {mcos} from '../../testing/built-mcos.js'
import {openScene} from '../../testing/heartbeat-scene.js'
import {runCommand} from '../../testing/run-command.js'
import Trust from './trust.js'

const FILES = {'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- `run: df -h`, `recover: sh mend`\n'}

/** Without a terminal, as in cron or a pipe. */
function trust(dir: string, ...args: string[]) {
  return runCommand(Trust, [...args, '--home', dir])
}

test('without a terminal it shows what waits and how to trust it, and trusts nothing', async () => {
  const scene = openScene({files: FILES})
  const {stdout, stderr, code} = await trust(scene.dir, 'donna')
  expect(stdout).toMatchInlineSnapshot(`
    "Not trusted on this machine:
      donna  run: df -h
          workspaces/donna/HEARTBEAT.md:2
      donna  recover: sh mend
          workspaces/donna/HEARTBEAT.md:2
    Nothing was trusted. To trust what you see: mcos trust donna --yes
    "
  `)
  expect({stderr, code}).toEqual({stderr: '', code: 0})
  expect(scene.read('.mcos/trust.json')).not.toContain('df -h')
})

test('--json is one document and trusts nothing by itself', async () => {
  const scene = openScene({files: FILES})
  const {stdout, stderr} = await trust(scene.dir, '--json')
  expect(stderr).toBe('')
  const {lines, added} = JSON.parse(stdout)
  expect(added).toBe(0)
  expect(lines).toMatchObject([
    {agent: 'donna', kind: 'run', text: 'run: df -h', line: 2, trusted: false, hidden: false},
    {agent: 'donna', kind: 'recover', text: 'sh mend', line: 2, trusted: false, hidden: false},
  ])
})

test('--yes trusts exactly what was shown, once', async () => {
  const scene = openScene({files: FILES})
  expect(JSON.parse((await trust(scene.dir, '--yes', '--json')).stdout).added).toBe(2)
  expect(JSON.parse((await trust(scene.dir, '--yes', '--json')).stdout).added).toBe(0)
  scene.write('workspaces/donna/HEARTBEAT.md', '## Every heartbeat\n- `run: df -hi`\n')
  expect(JSON.parse((await trust(scene.dir, '--json')).stdout).lines).toMatchObject([
    {text: 'run: df -hi', trusted: false},
  ])
})

test('a fleet from elsewhere shows to whom its mail accounts would hand a secret', async () => {
  const scene = openScene({
    madeHere: false,
    files: {
      'mcos.yaml':
        'version: 1\nmail:\n  accounts:\n    home: { kind: imap, host: imap.example, user: ada, password: env:HOME_MAIL, agent: donna }\n    local: { kind: maildir, path: Mail, agent: donna }\n',
    },
  })
  scene.git('remote', 'add', 'origin', 'https://git.example/fleet.git')
  const {stdout} = await trust(scene.dir)
  expect(stdout).toContain(
    'Not trusted on this machine:\n  mcos.yaml  mail home: ada at imap.example with env:HOME_MAIL\n      mcos.yaml:4',
  )
  expect(stdout).not.toContain('local')
})

test('a fleet that runs nothing has nothing to be trusted', async () => {
  const {stdout, stderr, code} = await trust(openScene().dir)
  expect({stdout, stderr, code}).toEqual({
    stdout: 'Nothing here asks to be trusted: no command to run.\n',
    stderr: '',
    code: 0,
  })
})

test('an agent may look and never trust', async () => {
  const scene = openScene({files: FILES})
  process.env['MCOS_AGENT'] = 'donna'
  onTestFinished(() => {
    delete process.env['MCOS_AGENT']
  })
  expect((await trust(scene.dir)).code).toBe(0)
  expect(await trust(scene.dir, '--yes')).toMatchObject({code: 3, stderr: expect.stringContaining('Only a person')})
  expect(scene.read('.mcos/trust.json')).not.toContain('df -h')
})

test('of a fleet that came from elsewhere the servers of mcos.yaml are shown whole, with what they are handed', async () => {
  const server = '  index: {command: [npx, index], env: {KEY: env:KEY, NODE_OPTIONS: --x}, agents: [donna]}\n'
  const wiki = '  wiki: {url: "https://wiki.example/mcp"}\n'
  const scene = openScene({files: {'mcos.yaml': `version: 1\nmcp:\n${server}${wiki}`}, madeHere: false})
  const {lines, added} = JSON.parse((await trust(scene.dir, '--yes', '--json')).stdout)
  expect(added).toBe(3)
  expect(lines).toMatchObject([
    {agent: 'mcos.yaml', kind: 'mcp', text: 'mcp index: ["npx","index"] KEY=env:KEY NODE_OPTIONS=--x', line: 3},
    {agent: 'mcos.yaml', kind: 'mcp', text: 'mcp wiki: https://wiki.example/mcp', line: 4},
    {agent: 'donna', kind: 'contract', text: 'hosts: 127.0.0.1', file: 'workspaces/donna/SOUL.md'},
  ])
})

test('two people who trust at the same moment are both heard', async () => {
  const agents = ['donna', 'jarvis', 'flow', 'gene']
  const files = Object.fromEntries(
    agents.map((name) => [`workspaces/${name}/HEARTBEAT.md`, `## Every heartbeat\n- \`run: df -h ${name}\`\n`]),
  )
  const scene = openScene({files})
  await Promise.all(agents.map((name) => mcos(['trust', name, '--yes'], {cwd: scene.dir})))
  const {lines} = JSON.parse((await trust(scene.dir, '--json')).stdout)
  expect(lines).toHaveLength(4)
  expect(lines.filter((line: {trusted: boolean}) => !line.trusted)).toEqual([])
})
