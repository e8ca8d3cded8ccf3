import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {delimiter, dirname, join} from 'node:path'
import {describe, expect} from 'vitest'
import {mcos} from '../../../testing/built-mcos.js'
import {codexHooks} from '../../../testing/codex-hooks.js'
import {openScene, type Scene} from '../../../testing/heartbeat-scene.js'
import {HOSTS_BIN, host, testNeeding} from '../../../testing/needs.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {anthropicWire} from '../../app/canary/anthropic-wire.js'
import {claudeCanary} from '../../app/canary/claude.js'
import {startScriptedModel} from '../../app/canary/scripted-model.js'
import type {ToolCall} from '../../app/canary/tool-call.js'
import {runProgram} from '../../kit/run.js'

const SLOW = 300_000
const SOUL = `---
reports_to: jarvis
contract:
  reads: [workspaces/donna/**]
  writes: [workspaces/donna/**]
---
# Donna
`

/** A fleet with a remote that has a commit of its own, which only a forced push overwrites. */
function openForbiddenScene() {
  const scene = openScene({files: {'workspaces/donna/SOUL.md': SOUL, 'workspaces/jarvis/AGENTS.md': '# Work\n'}})
  const remote = tempFolder()
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote])
  const tree = scene.git('rev-parse', 'HEAD^{tree}').trim()
  const other = scene.git('commit-tree', '-m', 'Theirs', tree).trim()
  scene.git('push', '-q', remote, `${other}:refs/heads/main`)
  scene.git('remote', 'add', 'origin', remote)
  const at = (path: string): string => join(scene.dir, path)
  const shell = (command: string): ToolCall => ({tool: 'Bash', input: {command, description: 'A step'}})
  const soul = at('workspaces/donna/SOUL.md')
  const calls: Readonly<Record<string, ToolCall>> = {
    allowed: {tool: 'Write', input: {file_path: at('workspaces/donna/notes.md'), content: 'mine\n'}},
    read: {tool: 'Read', input: {file_path: soul}},
    write: {tool: 'Write', input: {file_path: at('workspaces/jarvis/note.md'), content: 'x\n'}},
    redirection: shell(`echo x > '${at('workspaces/jarvis/redirected.md')}'`),
    soul: {tool: 'Edit', input: {file_path: soul, old_string: '# Donna', new_string: '# Mallory'}},
    push: shell('git push --force origin HEAD:main'),
    removal: shell(`rm -rf '${at('workspaces/jarvis')}'`),
  }
  /** Which of the forbidden effects are there. */
  const effects = () => {
    const jarvis = existsSync(at('workspaces/jarvis'))
    return {
      allowed: existsSync(at('workspaces/donna/notes.md')),
      soul: scene.read('workspaces/donna/SOUL.md').includes('Mallory'),
      push: execFileSync('git', ['-C', remote, 'rev-parse', 'main'], {encoding: 'utf8'}).trim() !== other,
      removal: !jarvis,
      ...(jarvis
        ? {
            write: existsSync(at('workspaces/jarvis/note.md')),
            redirection: existsSync(at('workspaces/jarvis/redirected.md')),
          }
        : {}),
    }
  }
  return {...scene, calls, effects}
}

/** A real Claude Code in Donna's folder whose model asks for these calls; what it told the model of each. */
async function runClaude({dir}: Scene, calls: Readonly<Record<string, ToolCall>>): Promise<Record<string, string>> {
  const model = await startScriptedModel(anthropicWire(Object.values(calls)))
  const folder = join(dir, 'workspaces/donna')
  const own = join(tempFolder(), 'own')
  const run = {url: model.url, home: dir, folder, own, person: null, hooks: 'on', attempt: 0} as const
  try {
    claudeCanary.prepare(run)
    const path = [HOSTS_BIN, dirname(process.execPath), process.env['PATH']].join(delimiter)
    const env = {PATH: path, HOME: own, GIT_CONFIG_NOSYSTEM: '1', ...claudeCanary.env(run)}
    const words = [join(HOSTS_BIN, 'claude'), ...claudeCanary.args(run)]
    const {stdout, stderr} = await runProgram(words, {
      cwd: folder,
      env,
      timeoutMs: SLOW,
      maxBytes: 1 << 22,
      endsLeftovers: true,
    })
    const told = stdout.split('\n').flatMap((line) => (line.startsWith('{"type":"user"') ? resultsIn(line) : []))
    if (told.length !== Object.keys(calls).length)
      throw new Error(`${told.length} calls were answered: ${stdout}${stderr}`)
    return Object.fromEntries(Object.keys(calls).map((name, index) => [name, told[index] ?? '']))
  } finally {
    await model.close()
  }
}

function resultsIn(line: string): string[] {
  const {message} = JSON.parse(line)
  return message.content
    .filter((part: {type: string}) => part.type === 'tool_result')
    .map(
      ({content, is_error}: {content: unknown; is_error?: boolean}) =>
        `${is_error ? 'error: ' : ''}${typeof content === 'string' ? content : JSON.stringify(content)}`,
    )
}

async function install({dir}: Scene, ...args: string[]): Promise<void> {
  const {code, stdout, stderr} = await mcos(['guard', 'install', ...args, '--home', dir], {cwd: dir})
  expect({code, stderr}, stdout).toEqual({code: 0, stderr: ''})
}

describe('a real Claude Code whose model asks for what is forbidden', () => {
  const testClaude = testNeeding(host('claude'))

  testClaude(
    'is stopped by the installed hook at each call, and may do what the contract lets it',
    async () => {
      const scene = openForbiddenScene()
      await install(scene, 'donna', '--claude')
      const told = await runClaude(scene, scene.calls)
      expect(scene.effects(), JSON.stringify(told, null, 2)).toEqual({
        allowed: true,
        write: false,
        redirection: false,
        soul: false,
        push: false,
        removal: false,
      })
      const {allowed, read, ...forbidden} = told
      expect([allowed, read]).toEqual([expect.not.stringMatching(/^error/), expect.stringContaining('# Donna')])
      for (const words of Object.values(forbidden)) expect(words).toMatch(/^error: /)
      expect(told).toMatchObject({
        write: expect.stringContaining('workspaces/jarvis/note.md'),
        redirection: expect.stringContaining('workspaces/jarvis/redirected.md'),
        soul: expect.stringContaining('the operator writes this file'),
      })
    },
    SLOW,
  )

  testClaude(
    'does each of them where no hook is installed, so nothing else was what stopped it',
    async () => {
      const scene = openForbiddenScene()
      const {removal, ...others} = scene.calls
      await runClaude(scene, others)
      const all = {allowed: true, write: true, redirection: true, soul: true, push: true}
      expect(scene.effects()).toEqual({...all, removal: false})
      await runClaude(scene, removal ? {removal} : {})
      expect(scene.effects()).toMatchObject({removal: true})
    },
    SLOW,
  )
})

describe('mcos guard canary', () => {
  testNeeding(host('claude'), host('codex'), host('gemini'))(
    'tells the truth of each host, the unenforced ones included, and of each once a person has trusted it',
    async () => {
      const scene = openForbiddenScene()
      const person = tempFolder()
      const path = [HOSTS_BIN, dirname(process.execPath), process.env['PATH']].join(delimiter)
      const canary = async () => {
        const env = {PATH: path, HOME: person}
        const {code, stdout, stderr} = await mcos(['guard', 'canary', 'donna', '--json', '--home', scene.dir], {
          cwd: scene.dir,
          env,
        })
        expect(stderr).toBe('')
        const {hosts} = JSON.parse(stdout)
        return {code, hosts: Object.fromEntries(hosts.map((one: {host: string}) => [one.host, one]))}
      }
      const bare = await canary()
      expect(bare.code).toBe(1)
      for (const name of ['claude', 'codex', 'gemini', 'git'])
        expect(bare.hosts[name]).toMatchObject({
          status: 'unenforced',
          fix: expect.stringMatching(/^mcos guard install/),
        })

      await install(scene, 'donna', '--claude', '--codex', '--gemini', '--git')
      const installed = await canary()
      expect(installed).toMatchObject({
        code: 1,
        hosts: {
          claude: {version: '2.1.197', status: 'enforced', fix: null},
          codex: {
            version: '0.169.0',
            status: 'unenforced',
            detail: expect.stringContaining('does not trust this folder'),
          },
          gemini: {
            version: '0.61.0',
            status: 'unenforced',
            detail: expect.stringContaining('does not trust this folder'),
          },
          git: {status: 'enforced'},
        },
      })

      const config = join(person, '.codex/config.toml')
      mkdirSync(dirname(config))
      writeFileSync(config, `[projects."${scene.dir}"]\ntrust_level = "trusted"\n`)
      const hooks = await codexHooks(join(scene.dir, 'workspaces/donna'), person)
      const trusted = hooks.map(({key, currentHash}) => `[hooks.state."${key}"]\ntrusted_hash = "${currentHash}"\n`)
      writeFileSync(config, readFileSync(config, 'utf8') + trusted.join(''))
      mkdirSync(join(person, '.gemini'))
      writeFileSync(join(person, '.gemini/trustedFolders.json'), JSON.stringify({[scene.dir]: 'TRUST_FOLDER'}))
      const all = await canary()
      expect(Object.values(all.hosts)).toMatchObject([
        {status: 'enforced'},
        {status: 'enforced'},
        {status: 'enforced'},
        {status: 'enforced'},
      ])
      expect(all.code).toBe(0)
    },
    SLOW,
  )
})
