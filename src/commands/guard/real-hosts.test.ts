import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {delimiter, dirname, join} from 'node:path'
import {describe, expect} from 'vitest'
import {mcos} from '../../../testing/built-mcos.js'
import {codexHooks} from '../../../testing/codex-hooks.js'
import {type ForbiddenScene, openForbiddenScene} from '../../../testing/forbidden-scene.js'
import {HOSTS_BIN, host, testNeeding} from '../../../testing/needs.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {anthropicWire} from '../../app/canary/anthropic-wire.js'
import {claudeCanary} from '../../app/canary/claude.js'
import {codexCanary} from '../../app/canary/codex.js'
import {geminiCanary} from '../../app/canary/gemini.js'
import {geminiWire} from '../../app/canary/gemini-wire.js'
import {openaiWire} from '../../app/canary/openai-wire.js'
import {startScriptedModel} from '../../app/canary/scripted-model.js'
import {CODING_AGENTS, type CodingAgent, HOOK_DIALECTS} from '../../app/guard-install/coding-agents.js'
import {runProgram} from '../../kit/run.js'

const SLOW = 300_000
const PATH = [HOSTS_BIN, dirname(process.execPath), process.env['PATH']].join(delimiter)
const DIALECTS = {claude: claudeCanary, codex: codexCanary, gemini: geminiCanary}

/** A real host in Donna's folder whose model asks for all that it must not do; what the host printed. */
async function runHost(
  {dir, calls}: ForbiddenScene,
  name: CodingAgent,
  {hooks, person}: {hooks: 'on' | 'off'; person: string},
): Promise<string> {
  const wire = {
    claude: () => anthropicWire(calls.claude),
    codex: () => openaiWire(() => calls.codex),
    gemini: () => geminiWire(calls.gemini),
  }[name]()
  const model = await startScriptedModel(wire)
  const [folder, own] = [join(dir, 'workspaces/donna'), join(tempFolder(), 'own')]
  const run = {url: model.url, home: dir, folder, own, person: join(person, `.${name}`), hooks, attempt: 0} as const
  const dialect = DIALECTS[name]
  try {
    dialect.prepare(run)
    const {stdout, stderr} = await runProgram([join(HOSTS_BIN, dialect.program), ...dialect.args(run)], {
      cwd: folder,
      env: {PATH, HOME: own, GIT_CONFIG_NOSYSTEM: '1', ...dialect.env(run)},
      timeoutMs: SLOW,
      maxBytes: 1 << 22,
      endsLeftovers: true,
    })
    expect(wire.answered(), `${stdout}${stderr}`).toBe(calls[name].length)
    return stdout
  } finally {
    await model.close()
  }
}

async function install({dir}: ForbiddenScene, ...args: string[]): Promise<void> {
  const {code, stdout, stderr} = await mcos(['guard', 'install', 'donna', ...args, '--home', dir], {cwd: dir})
  expect({code, stderr}, stdout).toEqual({code: 0, stderr: ''})
}

/** What a person says yes to in the host itself: the folder, and for Codex each hook. */
async function trust({dir}: ForbiddenScene, person: string, name: CodingAgent): Promise<void> {
  mkdirSync(join(person, `.${name}`))
  if (name === 'gemini') {
    writeFileSync(join(person, '.gemini/trustedFolders.json'), JSON.stringify({[dir]: 'TRUST_FOLDER'}))
  }
  if (name !== 'codex') return
  const config = join(person, '.codex/config.toml')
  writeFileSync(config, `[projects."${dir}"]\ntrust_level = "trusted"\n`)
  const hooks = await codexHooks(join(dir, 'workspaces/donna'), person)
  const trusted = hooks.map(({key, currentHash}) => `[hooks.state."${key}"]\ntrusted_hash = "${currentHash}"\n`)
  writeFileSync(config, readFileSync(config, 'utf8') + trusted.join(''))
}

const FORBIDDEN = ['write', 'redirection', 'soul', 'removal', 'push']
const only = (name: string) => Object.fromEntries(['allowed', ...FORBIDDEN].map((one) => [one, one === name]))

for (const name of CODING_AGENTS) {
  describe(`a real ${HOOK_DIALECTS[name].title} whose model asks for what is forbidden`, () => {
    testNeeding(host(name))(
      'is stopped by the installed hook at each call, and does what the contract lets it',
      async () => {
        const [scene, person] = [openForbiddenScene(), tempFolder()]
        await install(scene, `--${name}`)
        await trust(scene, person, name)
        const said = await runHost(scene, name, {hooks: 'on', person})
        expect(scene.effects(), said).toEqual(only('allowed'))
      },
      SLOW,
    )

    testNeeding(host(name))(
      'does all of it with its hooks switched off, so nothing else was what stopped it',
      async () => {
        const [scene, person] = [openForbiddenScene(), tempFolder()]
        await install(scene, `--${name}`)
        const said = await runHost(scene, name, {hooks: 'off', person})
        const all = Object.fromEntries(['allowed', ...FORBIDDEN].map((one) => [one, true]))
        expect(scene.effects(), said).toEqual(all)
      },
      SLOW,
    )
  })
}

describe('mcos guard canary', () => {
  testNeeding(host('claude'), host('codex'), host('gemini'))(
    'tells the truth of each host: which one holds, and which does not before a person has trusted the hooks',
    async () => {
      const [scene, person] = [openForbiddenScene(), tempFolder()]
      await install(scene, '--claude', '--codex', '--gemini', '--git')
      const canary = async () => {
        const {code, stdout, stderr} = await mcos(['guard', 'canary', 'donna', '--json', '--home', scene.dir], {
          cwd: scene.dir,
          env: {PATH, HOME: person},
        })
        expect(stderr).toBe('')
        const hosts: {host: string}[] = JSON.parse(stdout).hosts
        return {code, hosts: Object.fromEntries(hosts.map((one) => [one.host, one]))}
      }
      const untrusted = {status: 'unenforced', detail: expect.stringContaining('does not trust this folder')}
      expect(await canary()).toMatchObject({
        code: 1,
        hosts: {
          claude: {version: '2.1.197', status: 'enforced', fix: null},
          codex: {version: '0.169.0', ...untrusted, fix: expect.stringContaining('/hooks')},
          gemini: {version: '0.61.0', ...untrusted, fix: expect.stringContaining('trust the folder')},
          git: {status: 'enforced', fix: null},
        },
      })
      for (const name of ['codex', 'gemini'] as const) await trust(scene, person, name)
      const enforced = {status: 'enforced', fix: null}
      expect(await canary()).toMatchObject({
        code: 0,
        hosts: {claude: enforced, codex: enforced, gemini: enforced, git: enforced},
      })
      expect(existsSync(join(scene.dir, '.mcos/canary'))).toBe(false)
    },
    SLOW,
  )
})
