import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'
import {childEnv} from '../../kit/child-env.js'
import {EXIT, UserError} from '../../kit/errors.js'
import type {CallOptions, ClaimedUsage, Engine, EngineModel, EngineRequest, Reply, Stopped} from '../engine.js'
import {renderSteps} from '../render-prompt.js'
import {NOTHING_CLAIMED} from '../usage.js'
import {claude} from './claude.js'
import {codex} from './codex.js'
import type {Dialect, DialectName, RunLimits} from './dialect.js'
import {gemini} from './gemini.js'
import {type Ran, runOnce} from './run-once.js'

export interface CommandOptions {
  readonly name: string
  /** The program and what a person put behind it. */
  readonly run: readonly string[]
  /** Whose stream it prints, where its name doesn't tell. */
  readonly speaks?: DialectName | null
  /** Handed on; null: the program's own choice. */
  readonly model: string | null
  readonly facts: EngineModel
  readonly baseUrl?: string | null
  /** null: the program's own login. */
  readonly key?: string | null
  /** How long it may say nothing. */
  readonly timeoutMs: number
  readonly deadlineMs: number
  readonly maxTurns?: number
  /** Our own environment; the program gets what it needs of it, and no key of ours. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** MCOS_AGENT and MCOS_TOKEN, by which the program's own `mcos` calls are the agent's. */
  readonly extraEnv?: Readonly<Record<string, string>>
  readonly now?: () => number
}

const DIALECTS: Readonly<Record<DialectName, Dialect>> = {claude, codex, gemini}
const MAX_TURNS = 50
/** A program that is an agent itself, asked as an engine: it works in a copy of the folder, with tools of its own. */
export function openCommand(options: CommandOptions): Engine {
  const dialect = dialectOf(options)
  return {
    name: options.name,
    model: options.facts,
    async reply(request, call) {
      const hide = hiding(options)
      // Pieces of text are for the person's own terminal alone; what is kept is the whole.
      const onEvent: CallOptions['onEvent'] = (event) =>
        call.onEvent(event.kind === 'text' ? event : {...event, detail: hide(event.detail)})
      const said = await reply(request, {...call, onEvent}, {...options, dialect})
      return said.kind === 'answer' ? {...said, text: hide(said.text)} : {...said, detail: hide(said.detail)}
    },
  }
}

/** A program may show its environment, and what it was handed there is for no transcript. */
function hiding({key = null, extraEnv = {}}: CommandOptions): (text: string) => string {
  const handed = [key ?? '', extraEnv['MCOS_TOKEN'] ?? ''].filter(({length}) => length >= 8)
  return (text) => handed.reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
}

interface Opened extends CommandOptions {
  readonly dialect: Dialect
}

async function reply(request: EngineRequest, call: CallOptions, options: Opened): Promise<Reply> {
  const {dialect} = options
  if (call.signal.aborted) return stopped('interrupted', 'it was not started', NOTHING_CLAIMED)
  const cwd = await request.workFolder()
  const limits: RunLimits = {usd: request.limitUsd, turns: options.maxTurns ?? MAX_TURNS}
  const session = knownSession(request.session)
  const until = Date.now() + options.deadlineMs
  let ran = await attempt({request, call, options, cwd, limits, session, until})
  const isLost = session !== null && ran.cutBy === null && ran.end.hasLostSession
  if (isLost) ran = await attempt({request, call, options, cwd, limits, session: null, until})
  const failure = failureOf(ran, options)
  if (failure !== null) return failure
  const {end} = ran
  const notes = [
    ...(isLost ? ['it no longer knew the conversation and was told all of it'] : []),
    dialect.unbounded(limits),
    ...end.notes,
  ].filter((note) => note !== null)
  return {
    kind: 'answer',
    text: end.text,
    calls: [],
    end: end.end,
    answered: end.end === 'done' ? request.questions.map(({check}) => check) : [],
    usage: end.usage,
    ...(end.session === null ? {} : {session: end.session}),
    ...(notes.length > 0 ? {note: notes.join('; ')} : {}),
  }
}

interface Attempt {
  readonly request: EngineRequest
  readonly call: CallOptions
  readonly options: Opened
  readonly cwd: string
  readonly limits: RunLimits
  readonly session: string | null
  readonly until: number
}

async function attempt({request, call, options, cwd, limits, session, until}: Attempt): Promise<Ran> {
  const {dialect, run, key = null, baseUrl = null} = options
  const prompt = await request.prompt()
  const steps = renderSteps(prompt, {remembers: session !== null})
  const isPrefixTold = dialect.takesPrefixFile || session !== null
  const scratch = mkdtempSync(join(tmpdir(), 'mcos-prompt-'))
  try {
    const prefixFile = join(scratch, 'prefix.md')
    if (dialect.takesPrefixFile) writeFileSync(prefixFile, prompt.prefix, {mode: 0o600})
    const hasOwnSettings = dialect.ownSettings.some((name) => existsSync(join(cwd, name)))
    const wanted = {model: options.model, baseUrl, session, limits, prefixFile, hasOwnSettings}
    const args = dialect.args(wanted).filter(([flag = '']) => !isDecided(run, flag))
    return await runOnce({
      argv: [...run, ...args.flat()],
      cwd,
      env: {
        ...childEnv(options.env),
        ...pick(options.env, dialect.homeVariables),
        ...dialect.env(wanted),
        ...(key === null ? {} : Object.fromEntries(dialect.keyVariables.map((name) => [name, key]))),
        ...options.extraEnv,
      },
      input: isPrefixTold ? steps : `${prompt.prefix.trim()}\n\n${steps}`,
      reader: dialect.open(options.now ?? Date.now, session),
      silenceMs: options.timeoutMs,
      deadlineMs: Math.max(until - Date.now(), 1),
      signal: call.signal,
      onEvent: call.onEvent,
    })
  } finally {
    rmSync(scratch, {recursive: true, force: true})
  }
}

function failureOf({cutBy, unstarted, end}: Ran, {run, dialect, timeoutMs, deadlineMs}: Opened): Stopped | null {
  const program = run[0] ?? ''
  if (unstarted !== null) return stopped('unreachable', whyUnstarted(unstarted, program, dialect), NOTHING_CLAIMED)
  if (cutBy === 'signal') return stopped('interrupted', `${program} was stopped`, end.usage)
  if (cutBy === 'silence') return stopped('silent', `${program} said nothing for ${timeoutMs / 1000} s`, end.usage)
  if (cutBy === 'deadline') return stopped('silent', `${program} was not done within ${deadlineMs / 1000} s`, end.usage)
  if (end.failure === null) return null
  const {reason, detail, retryAfterMs} = end.failure
  return {...stopped(reason, `${program}: ${detail}`, end.usage), ...(retryAfterMs === undefined ? {} : {retryAfterMs})}
}

function stopped(reason: Stopped['reason'], detail: string, usage: ClaimedUsage | null): Stopped {
  return {kind: 'stopped', reason, detail, usage}
}

function whyUnstarted(error: string, program: string, {install}: Dialect): string {
  if (error === 'ENOENT') return `${program} is not installed here; ${install}, and log in once`
  if (error === 'EACCES') return `${program} may not be executed`
  return `${program} could not be started (${error})`
}

/** `claude`, a path to it, `npx codex`, `node …/gemini.js`: the first word that names one. */
function dialectOf({name, run, speaks = null}: CommandOptions): Dialect {
  const words = run.map((word) => basename(word).replace(/\.(?:[cm]?js|cmd|exe|sh)$/i, ''))
  const known = speaks ?? words.find((word): word is DialectName => Object.hasOwn(DIALECTS, word))
  if (known !== undefined) return DIALECTS[known]
  throw new UserError(`The engine ${name} runs ${run[0] ?? 'nothing'}, and nobody says whose stream that prints.`, {
    code: 'UNKNOWN_PROGRAM',
    fix: `Add speaks: claude, codex or gemini to engines.${name} in mcos.yaml.`,
    exit: EXIT.usage,
  })
}

const OTHER_SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  '-p': ['--print', '--prompt'],
  '--output-format': ['-o'],
  '--model': ['-m'],
  '--sandbox': ['-s', '--dangerously-bypass-approvals-and-sandbox'],
  '--approval-mode': ['-y', '--yolo'],
  '--permission-mode': ['--dangerously-skip-permissions'],
}

/** What a person wrote behind the program in mcos.yaml is not said a second time. */
function isDecided(run: readonly string[], flag: string): boolean {
  const spellings = [flag, ...(OTHER_SPELLINGS[flag] ?? [])]
  return flag !== '-c' && run.some((word) => spellings.includes(word.split('=')[0] ?? ''))
}

/** It was printed by a program, and is to be an argument of one: nothing that could be taken for a flag. */
function knownSession(session: string | null): string | null {
  return session !== null && /^[A-Za-z0-9][\w.:-]{0,199}$/.test(session) ? session : null
}

function pick(env: CommandOptions['env'], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}
