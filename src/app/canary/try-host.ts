import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {childEnv} from '../../kit/child-env.js'
import {findProgram} from '../../kit/find-program.js'
import {isRecord} from '../../kit/is-record.js'
import {runProgram} from '../../kit/run.js'
import {shellWord} from '../../kit/shell-word.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {HOOK_DIALECTS, settingsFile} from '../guard-install/coding-agents.js'
import {hookWordOf} from '../guard-install/hook-entry.js'
import {handlersIn} from '../guard-install/settings-text.js'
import {findVoidSettings, personFolder} from '../guard-install/void-settings.js'
import type {CanaryResult} from './canary-file.js'
import {type Nonces, openNonces} from './nonces.js'
import {startScriptedModel} from './scripted-model.js'
import type {CanaryDialect, EndedRun, TryOut} from './try-out.js'

interface Trial {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly dialect: CanaryDialect
  /** Absolute. */
  readonly program: string
  readonly scratch: string
  readonly deadlineMs: number
  readonly signal: AbortSignal
}

export interface HostWish {
  readonly agent: AgentEntry
  readonly dialect: CanaryDialect
  readonly deadlineMs: number
  readonly signal: AbortSignal
}

/**
 * Starts a host's real CLI in an agent's folder, twice, against a model that wants a harmless forbidden write: without
 * hooks, to know that the call works here at all, and with those that are installed.
 */
export async function tryHost(fleet: Fleet, {agent, dialect, deadlineMs, signal}: HostWish): Promise<CanaryResult> {
  const {host} = dialect
  const named = {agent: agent.name, host, version: null}
  const program = findProgram(dialect.program, fleet.env['PATH'])
  if (program === null) {
    const detail = `${dialect.program} is not in PATH`
    return {...named, status: 'not installed', detail, fix: dialect.install}
  }
  const scratch = mkdtempSync(path.join(tmpdir(), 'mcos-canary-'))
  const trial = {fleet, agent, dialect, program, scratch, deadlineMs, signal}
  try {
    const [version, judgement] = await Promise.all([versionOf(trial), judge(trial)])
    return {...named, version, ...judgement}
  } finally {
    rmSync(scratch, {recursive: true, force: true, maxRetries: 3})
  }
}

type Judgement = Pick<CanaryResult, 'status' | 'detail' | 'fix'>

async function judge(trial: Trial): Promise<Judgement> {
  const {title} = HOOK_DIALECTS[trial.dialect.host]
  const free = await run(trial, 'off')
  const ways = free.written
  if (ways.length === 0) {
    const why = free.asked === 0 ? 'never asked its model' : 'carried out neither write, hooks or not'
    return untried(`${title} ${why} (${lastWords(free)})`, trial)
  }
  const held = await run(trial, 'on')
  const slipped = held.written.filter((way) => ways.includes(way))
  if (slipped.length > 0) return unenforced(trial, held, slipped)
  if (held.answered < 2) return untried(`${title} did not come to both calls (${lastWords(held)})`, trial)
  const notInstalled = whyNotInstalled(trial)
  if (notInstalled) return {status: 'unenforced', ...notInstalled}
  const detail = `denied there: ${ways.map((way) => WAYS[way]).join(' and ')} into the fleet's home`
  return {status: 'enforced', detail, fix: null}
}

const WAYS = {byTool: 'a write', byShell: 'a shell redirection'} as const

function unenforced(trial: Trial, held: Held, slipped: readonly (keyof typeof WAYS)[]): Judgement {
  const {fleet, agent, dialect} = trial
  const folder = path.join(fleet.home.dir, agent.path)
  const what = `${slipped.map((way) => WAYS[way]).join(' and ')} into the fleet's home went through`
  const [setting] = findVoidSettings({host: dialect.host, folder, env: fleet.env})
  const why =
    whyNotInstalled(trial) ??
    (setting
      ? {detail: `${setting.file} says ${setting.setting}`, fix: `\${EDITOR:-vi} ${shellWord(setting.file)}`}
      : null)
  if (why) return {status: 'unenforced', detail: `${what}: ${why.detail}`, fix: why.fix}
  const explained = slipped.length === 2 ? dialect.explain(held, {folder}) : null
  const detail = explained ? `${what}: ${explained.why}` : `${what} although its hook is installed`
  return {status: 'unenforced', detail, fix: explained?.fix ?? 'mcos doctor'}
}

function whyNotInstalled({fleet, agent, dialect}: Trial): {detail: string; fix: string} | null {
  const {host} = dialect
  const file = settingsFile(agent, host)
  const text = fleet.home.files.readText(file)
  const hooks = text === null ? [] : handlersIn(text, {host, file})
  if (hooks.some(({handler}) => hookWordOf(handler) === 'pre-tool-use')) return null
  return {detail: `no hook of mcos stands in ${file}`, fix: `mcos guard install ${agent.name} --${host}`}
}

function untried(detail: string, {dialect}: Trial): Judgement {
  return {status: 'could not be tried', detail, fix: `${dialect.program} --version`}
}

interface Held extends EndedRun {
  readonly written: readonly (keyof Nonces['writes'])[]
  readonly asked: number
  readonly answered: number
  readonly timedOut: boolean
}

async function run(trial: Trial, hooks: TryOut['hooks'], attempt = 0): Promise<Held> {
  const {fleet, agent, dialect, program, scratch, deadlineMs, signal} = trial
  const nonces = openNonces(fleet.home)
  const wire = dialect.wire(nonces.writes)
  let asked = 0
  const counted: typeof wire = {
    ...wire,
    answer(request) {
      const answer = wire.answer(request)
      if (answer !== null) asked++
      return answer
    },
  }
  const model = await startScriptedModel(counted)
  try {
    const tryOut: TryOut = {
      url: model.url,
      home: fleet.home.dir,
      folder: path.join(fleet.home.dir, agent.path),
      own: path.join(scratch, `${hooks}-${attempt}`),
      person: personFolder(dialect.host, fleet.env),
      hooks,
      attempt,
    }
    dialect.prepare(tryOut)
    const {code, stdout, stderr, timedOut} = await runProgram([program, ...dialect.args(tryOut)], {
      cwd: tryOut.folder,
      env: {...envFor(trial, model.url), ...dialect.env(tryOut)},
      timeoutMs: deadlineMs,
      signal,
      endsLeftovers: true,
    })
    const ended = {code, stderr: `${stderr}\n${stdout}`, attempt}
    if (asked === 0 && !timedOut && dialect.again(ended)) return await run(trial, hooks, attempt + 1)
    return {...ended, timedOut, asked, answered: wire.answered(), written: nonces.written()}
  } finally {
    await model.close()
    nonces.close()
  }
}

/** The person's PATH and language; no login, no settings, and no way out of this machine. */
function envFor({fleet, scratch}: Pick<Trial, 'fleet' | 'scratch'>, url: string): Record<string, string> {
  const nowhere = {HTTP_PROXY: url, HTTPS_PROXY: url, ALL_PROXY: url, http_proxy: url, https_proxy: url}
  return {
    ...childEnv(fleet.env),
    HOME: scratch,
    ...nowhere,
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
  }
}

async function versionOf({fleet, dialect, program, scratch, signal}: Trial): Promise<string | null> {
  const env = {...envFor({fleet, scratch}, 'http://127.0.0.1:9'), CODEX_HOME: scratch, GEMINI_CLI_HOME: scratch}
  const said = await runProgram([program, '--version'], {cwd: scratch, env, timeoutMs: 30_000, signal})
  return /\d+\.\d+\.\d+[\w.-]*/.exec(`${said.stdout}\n${dialect.program}`)?.[0] ?? null
}

/** What a person would look for first: the program's own result, or the last line it wrote. */
function lastWords({code, stderr, timedOut}: Held): string {
  if (timedOut) return 'its time was up'
  const lines = stderr.split('\n').map((line) => line.trim())
  const told = lines.map(wordsOf).filter((line) => line !== '' && !line.startsWith('WARNING: proceeding'))
  return [`exit ${code ?? 'by a signal'}`, ...told.slice(-1)].join(': ').slice(0, 300)
}

/** A line of a stream of JSON says something where it has a result or a message. */
function wordsOf(line: string): string {
  if (!line.startsWith('{')) return line
  try {
    const value: unknown = JSON.parse(line)
    const said = isRecord(value) ? (value['result'] ?? value['message']) : null
    return typeof said === 'string' ? said.replace(/\s+/g, ' ') : ''
  } catch {
    // Cut off in the middle.
    return ''
  }
}
