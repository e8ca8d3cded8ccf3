import {agentToken} from '../../bus/agent-token.js'
import {findPrivateKey} from '../../bus/keys.js'
import {engineClaimOf, keyClaimOf} from '../../engines/claim.js'
import type {Engine, EngineModel} from '../../engines/engine.js'
import {modelOf} from '../../engines/models.js'
import {isUserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import {isClaimTrusted} from '../../turn/trusted-claim.js'
import type {CommandEngine, EngineConfig, ModelEngine, ScriptedEngine} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import {lookUpKept} from '../../workspace/kept-secrets.js'
import {readSecret} from '../../workspace/read-secret.js'
import type {Soul} from '../../workspace/soul.js'

/** For whom an engine is opened: an agent may have keys of its own. */
export interface EngineUser {
  readonly name: string
  readonly soul: Pick<Soul, 'keys'> | null
}

/** One engine of mcos.yaml, ready to be asked; what its kind needs is loaded only now. */
export async function openEngine(fleet: Fleet, name: string, user: EngineUser): Promise<Engine | null> {
  const config = fleet.home.config.engines[name]
  if (!config) return null
  const untrusted = whyUntrusted(fleet, config, {name, user})
  if (untrusted !== null) {
    const facts = {...modelOf(config), identity: identityOf(name, config, 'untrusted')}
    return keylessEngine(name, facts, untrusted)
  }
  await lookUpKept(fleet.home.files, Object.values(user.soul?.keys ?? {}))
  const key = readKey(fleet, config, {name, user})
  const perRequest = config.kind === 'command' ? {usdPerRequest: config.usdPerTurn} : {}
  const facts: EngineModel = {...modelOf(config), ...perRequest, identity: identityOf(name, config, key.value)}
  if (key.problem !== null) return keylessEngine(name, facts, key.problem)
  switch (config.kind) {
    case 'anthropic':
      return openAnthropicEngine(fleet, name, {config, facts, key: key.value})
    case 'openai':
      return openOpenAiEngine(fleet, name, {config, facts, key: key.value})
    case 'command':
      return openCommandEngine(fleet, name, {config, facts, key: key.value, user})
    case 'scripted':
      return openScriptedEngine(fleet, name, {config, facts})
  }
}

interface Opening<Config extends EngineConfig> {
  readonly config: Config
  readonly facts: EngineModel
  readonly key: string | null
}

async function openAnthropicEngine({clock}: Fleet, name: string, opening: Opening<ModelEngine>): Promise<Engine> {
  const {openAnthropic} = await import('../../engines/anthropic/open-anthropic.js')
  return openAnthropic({name, clock, ...wireSettings(opening)})
}

async function openOpenAiEngine({clock}: Fleet, name: string, opening: Opening<ModelEngine>): Promise<Engine> {
  const {openOpenAi} = await import('../../engines/openai/open-openai.js')
  return openOpenAi({name, clock, ...wireSettings(opening)})
}

function wireSettings({config: {model, baseUrl, timeoutMs, deadlineMs}, facts, key}: Opening<ModelEngine>) {
  return {model, facts, key: key ?? '', timeoutMs, deadlineMs, ...(baseUrl === null ? {} : {baseUrl})}
}

async function openCommandEngine(
  {env, home, clock}: Fleet,
  name: string,
  {config, facts, key, user}: Opening<CommandEngine> & {readonly user: EngineUser},
): Promise<Engine> {
  const {openCommand} = await import('../../engines/command/open-command.js')
  const {run, speaks, model, baseUrl, timeoutMs, deadlineMs} = config
  const privateKey = findPrivateKey(home.files, user.name)
  return openCommand({
    name,
    run,
    speaks,
    model,
    facts,
    baseUrl,
    key,
    timeoutMs,
    deadlineMs,
    env,
    extraEnv: privateKey === null ? {} : {MCOS_AGENT: user.name, MCOS_TOKEN: agentToken(privateKey)},
    now: () => clock.now(),
  })
}

async function openScriptedEngine(
  {home}: Fleet,
  name: string,
  {config, facts}: {readonly config: ScriptedEngine; readonly facts: EngineModel},
): Promise<Engine> {
  const {openScripted} = await import('../../engines/scripted.js')
  return openScripted({name, facts, files: home.files, file: config.file})
}

/** In a fleet that came from elsewhere neither a program is run nor a key given away before a person has seen it. */
function whyUntrusted(
  fleet: Fleet,
  config: EngineConfig,
  {name, user}: {name: string; user: EngineUser},
): string | null {
  const own = user.soul?.keys[name]
  const claims = [
    {text: engineClaimOf(name, config)},
    {agent: user.name, text: own === undefined ? null : keyClaimOf(name, own)},
  ]
  const waiting = claims.find(
    ({text, ...who}) => text !== null && !isClaimTrusted(fleet, {...who, kind: 'engine', text}),
  )
  return waiting ? `${waiting.text} waits for a person: mcos trust` : null
}

/** A key that can't be had keeps one engine from being asked, not the beat from being done. */
function readKey(
  {env}: Fleet,
  config: EngineConfig,
  {name, user}: {name: string; user: EngineUser},
): {value: string | null; problem: string | null} {
  const ref = user.soul?.keys[name] ?? config.key
  if (ref === null) return {value: null, problem: null}
  try {
    return {value: readSecret(ref, env), problem: null}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {value: null, problem: error.message}
  }
}

/** Never asked, so that the route goes on; it is put aside like one whose key is refused. */
function keylessEngine(name: string, model: EngineModel, detail: string): Engine {
  return {name, model, reply: async () => ({kind: 'stopped', reason: 'unauthorized', detail, usage: null})}
}

/** Changes with the key and with the settings, and gives neither away. */
function identityOf(name: string, config: EngineConfig, key: string | null): string {
  return contentHash(JSON.stringify([name, config, key])).slice('sha256:'.length, 'sha256:'.length + 24)
}
