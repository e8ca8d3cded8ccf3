import {readFileSync, realpathSync, statSync} from 'node:fs'
import path from 'node:path'
import {isUserError} from '../../kit/errors.js'
import {findProgram} from '../../kit/find-program.js'
import {shellWord} from '../../kit/shell-word.js'
import {type AgentEntry, inAgent, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, count, editCommand, type Trouble} from '../../workspace/health.js'
import {readSoulsHere} from '../../workspace/read-souls.js'
import {type CanaryHost, canaryKey, readCanaries} from '../canary/canary-file.js'
import {codexTrust} from '../canary/codex-trust.js'
import {CODING_AGENTS, type CodingAgent, HOOK_DIALECTS, settingsFile} from '../guard-install/coding-agents.js'
import {hookWordOf} from '../guard-install/hook-entry.js'
import {handlersIn, withHooks} from '../guard-install/settings-text.js'
import {starterOf} from '../guard-install/starter.js'
import {findVoidSettings, personFolder} from '../guard-install/void-settings.js'
import {calledHooks} from './called-hooks.js'

const installed: Checkup = {
  id: 'hooks',
  title: "The guard's hooks stand in the settings of every coding agent that is used",
  means: 'Without them a coding agent in this folder does what it likes.',
  async examine(fleet) {
    const places = await placesHere(fleet)
    const troubles = places.flatMap((place) => troubleOf(fleet, place) ?? [])
    return {
      seen: places.length === 0 ? 'no coding agent is used in any folder' : count(places.length, 'folder'),
      troubles,
    }
  },
}

const canary: Checkup = {
  id: 'canary',
  title: 'What must be denied was seen to be denied',
  means: 'Hooks that were not seen to deny may be ignored by that version of the program.',
  async examine(fleet) {
    const tried = readCanaries(fleet)
    const places = (await placesHere(fleet)).filter((place) => hasGate(fleet, place))
    const troubles = places.flatMap(({agent, host}): Trouble[] => {
      const record = tried.get(canaryKey(agent.name, host))
      return staleness(fleet, {agent: agent.name, host, program: host, record})
    })
    const git = calledHooks(fleet).length > 0 ? [...tried].filter(([key]) => key.endsWith(' git')) : null
    const [named, record] = git?.at(-1) ?? []
    const agent = named?.split(' ')[0] ?? ''
    const ofGit = git === null ? [] : staleness(fleet, {agent, host: 'git', program: 'git', record})
    return {seen: 'by each that has hooks', troubles: [...troubles, ...ofGit]}
  },
}

const trust: Checkup = {
  id: 'codex-trust',
  title: 'Codex has been told to trust the hooks it is given',
  means: 'Codex skips hooks that it was not told to trust, without a word.',
  async examine(fleet) {
    const places = (await placesHere(fleet)).filter((place) => place.host === 'codex' && hasGate(fleet, place))
    const config = readPerson(fleet, 'codex', 'config.toml')
    const troubles = places.flatMap(({agent}): Trouble[] => {
      const folder = path.join(fleet.home.dir, agent.path)
      const file = path.join(fleet.home.dir, settingsFile(agent, 'codex'))
      const told = codexTrust(config, {folder, file})
      if (told.folder && told.gate) return []
      const what = told.folder ? `the hooks of ${settingsFile(agent, 'codex')}` : `the folder of ${agent.name}`
      const detail = `Codex does not trust ${what}, and so skips the hooks without a word`
      return [{status: 'warn', detail, fix: `cd ${shellWord(folder)} && codex   # trust the folder, then /hooks`}]
    })
    return {seen: places.length === 0 ? 'it is given none' : 'it has', troubles}
  },
}

/** Whether what holds coding agents and git is there, and was seen to hold. */
export const GUARDED_CHECKUPS: readonly Checkup[] = [installed, canary, trust]

interface Place {
  readonly agent: AgentEntry
  readonly host: CodingAgent
}

/** Agents of this machine in whose folder a host has a folder of its own. */
async function placesHere(fleet: Fleet): Promise<Place[]> {
  const elsewhere = new Set((await readSoulsHere(fleet, {isHere: false})).map(({agent}) => agent.name))
  return listAgents(fleet.home)
    .filter(({name}) => !elsewhere.has(name))
    .flatMap((agent) =>
      CODING_AGENTS.filter((host) => {
        const folder = inAgent(agent, path.posix.dirname(HOOK_DIALECTS[host].file))
        return fleet.home.files.stat(folder)?.kind === 'folder'
      }).map((host) => ({agent, host})),
    )
}

function troubleOf(fleet: Fleet, {agent, host}: Place): Trouble | null {
  const {home, env} = fleet
  const file = settingsFile(agent, host)
  const fix = `mcos guard install ${agent.name} --${host}`
  const text = home.files.readText(file)
  const open = bypassIn(fleet, {agent, host})
  if (open !== null) return open
  try {
    const hooks = text === null ? [] : handlersIn(text, {host, file})
    if (hooks.length === 0) return {status: 'warn', detail: `no hook of mcos stands in ${file}`, fix}
    const [setting] = findVoidSettings({host, folder: path.join(home.dir, agent.path), env})
    if (setting) {
      const detail = `${setting.file} says ${setting.setting}, so no hook of ${file} runs`
      return {status: 'fail', detail, fix: editCommand(setting.file)}
    }
    if (withHooks(text, {host, file}, starterOf(fleet)) === text) return null
    return {status: 'warn', detail: `${file} calls another mcos, or another of its hooks, than this one would`, fix}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {
      status: 'fail',
      detail: `${error.message}: ${HOOK_DIALECTS[host].title} reads none of it`,
      fix: editCommand(file),
    }
  }
}

/** Whoever types `claude` there is asked nothing: the hooks alone stand between the model and the machine. */
function bypassIn({home}: Fleet, {agent, host}: Place): Trouble | null {
  if (host !== 'claude') return null
  const file = ['settings.json', 'settings.local.json']
    .map((name) => inAgent(agent, `.claude/${name}`))
    .find((path) => /"defaultMode"\s*:\s*"bypassPermissions"/.test(home.files.readText(path) ?? ''))
  const detail = `${file} says defaultMode: bypassPermissions: Claude Code asks nobody before it runs or writes anything`
  return file === undefined ? null : {status: 'warn', detail, fix: editCommand(file)}
}

function hasGate({home}: Fleet, {agent, host}: Place): boolean {
  const file = settingsFile(agent, host)
  const text = home.files.readText(file)
  try {
    return text !== null && handlersIn(text, {host, file}).some(({handler}) => hookWordOf(handler) === 'pre-tool-use')
  } catch (error) {
    // The check above tells of it.
    if (isUserError(error)) return false
    throw error
  }
}

interface Tried {
  readonly agent: string
  readonly host: CanaryHost
  readonly program: string
  readonly record: {readonly status: string; readonly at: string} | undefined
}

/** Nothing where the host isn't there, or where it denied the call since it last changed. */
function staleness({env}: Fleet, {agent, host, program, record}: Tried): Trouble[] {
  const found = findProgram(program, env['PATH'])
  if (found === null) return []
  const fix = `mcos guard canary ${agent} --${host}`.replace('  ', ' ')
  const whose = host === 'git' ? 'git' : `${HOOK_DIALECTS[host].title} in the folder of ${agent}`
  if (record === undefined) return [{status: 'warn', detail: `${whose} was never tried`, fix}]
  if (record.status !== 'enforced') {
    return [{status: 'fail', detail: `${whose}: ${record.status}, at ${record.at}`, fix}]
  }
  // When it came here: what a package says of its files' age is not that.
  const {ctimeMs} = statSync(realpathSync(found))
  if (ctimeMs <= Date.parse(record.at)) return []
  return [{status: 'warn', detail: `${whose} has changed since it was tried at ${record.at}`, fix}]
}

function readPerson({env}: Fleet, host: CodingAgent, name: string): string {
  const folder = personFolder(host, env)
  try {
    return folder === null ? '' : readFileSync(path.join(folder, name), 'utf8')
  } catch {
    // The person has none.
    return ''
  }
}
