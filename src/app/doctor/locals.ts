import {readHead} from '../../history/read-head.js'
import {isInRepository} from '../../history/repository.js'
import {isUserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import {type AgentEntry, agentPaths, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, count, type LocalStep, type Repair, type Trouble} from '../../workspace/health.js'
import {nearestName} from '../../workspace/names.js'
import {parseWorkstate} from '../../workspace/workstate-file.js'

const FIX = 'mcos doctor --fix'

const strangers: Checkup = {
  id: 'unknown-locals',
  title: 'What this machine keeps of agents is of agents that exist',
  means: 'A stop file with a misspelt name stops nobody; the state of an agent that is gone only confuses.',
  examine(fleet) {
    const names = listAgents(fleet.home).map(({name}) => name)
    const stops = misspeltStops(fleet).map((name): Trouble => {
      const near = nearestName(name, names)
      const detail = `.mcos/STOP.${name} stops nobody: there is no agent ${name}`
      return {
        status: 'fail',
        detail,
        fix: near ? `mcos stop ${near} && rm .mcos/STOP.${name}` : `rm .mcos/STOP.${name}`,
      }
    })
    const left = leftStates(fleet).map((path): Trouble => {
      return {status: 'warn', detail: `${path} is of no agent of this fleet`, fix: FIX, fixable: true}
    })
    return {seen: 'all of it', troubles: [...stops, ...left]}
  },
  repair: (fleet) =>
    leftStates(fleet).map((path): Repair => {
      return {what: `Remove ${path}, which is of no agent`, local: [{kind: 'remove', path}]}
    }),
}

const workstates: Checkup = {
  id: 'workstates',
  title: 'Every WORKSTATE.md can be read',
  means: 'The agent does not know what it was in the middle of, and begins anew or not at all.',
  examine(fleet) {
    const broken = brokenStates(fleet)
    const troubles = broken.map(({message}): Trouble => ({status: 'fail', detail: message, fix: FIX, fixable: true}))
    return {seen: count(listAgents(fleet.home).length, 'agent'), troubles}
  },
  repair: (fleet) => brokenStates(fleet).map((state) => mendState(fleet, state)),
}

/** What belongs to single agents on this machine, and what they are in the middle of. */
export const LOCAL_CHECKUPS: readonly Checkup[] = [strangers, workstates]

function misspeltStops({home, mcos}: Fleet): string[] {
  const names = new Set(listAgents(home).map(({name}) => name))
  return mcos.list('.').flatMap(({name}) => {
    const stopped = /^STOP\.(.+)$/.exec(name)?.[1]
    return stopped !== undefined && !names.has(stopped) ? [stopped] : []
  })
}

/** Whose name begins with "_" is nobody's: the fleet's own. */
function leftStates({home, mcos}: Fleet): string[] {
  const names = new Set(listAgents(home).map(({name}) => name))
  const beats = mcos.stat('beats')?.kind === 'folder' ? mcos.list('beats') : []
  const left = beats.flatMap(({name, kind}) => {
    const agent = /^([a-z0-9-]+)\.json$/.exec(name)?.[1]
    return kind === 'file' && agent !== undefined && !names.has(agent) ? [{agent, path: `.mcos/beats/${name}`}] : []
  })
  // An agent that the last commit has is not gone but lost, and its state will be wanted again.
  const souls = left.map(({agent}) => agentPaths({name: agent, path: `workspaces/${agent}`}).soul)
  const heads = souls.length > 0 && isInRepository(home.dir) ? readHead(home.dir, souls) : new Map<string, null>()
  return left.flatMap(({path}, index) => (heads.get(souls[index] ?? '') ? [] : [path]))
}

interface BrokenState {
  readonly path: string
  readonly text: string
  readonly message: string
}

function brokenStates(fleet: Fleet): BrokenState[] {
  const {files} = fleet.home
  return listAgents(fleet.home).flatMap((agent) =>
    statePaths(fleet, agent).flatMap((path): BrokenState[] => {
      const text = files.stat(path)?.kind === 'file' ? files.readText(path) : null
      const message = text === null ? null : whyBroken(text, path)
      return text === null || message === null ? [] : [{path, text, message}]
    }),
  )
}

function statePaths({home: {files}}: Fleet, agent: AgentEntry): string[] {
  const folder = agentPaths(agent)
    .workstateWith('x')
    .replace(/\/[^/]*$/, '')
  const chats = files.stat(folder)?.kind === 'folder' ? files.list(folder) : []
  const ofChats = chats.flatMap(({name}) => (/^chat-.*\.md$/.test(name) ? [`${folder}/${name}`] : []))
  return [agentPaths(agent).workstate, ...ofChats]
}

/** Notes that a person or an earlier tool left under that name have no header of ours, and no form to keep. */
function whyBroken(text: string, path: string): string | null {
  if (!/^---\r?\n(?:.*\r?\n)*?(?:turn|context_used|resumes):/.test(text)) return null
  try {
    parseWorkstate(text, path)
    return null
  } catch (error) {
    if (isUserError(error)) return error.message
    throw error
  }
}

/** The last one that could be read; without such a one it is cleared, and the backup keeps what it was. */
function mendState({home}: Fleet, {path, text}: BrokenState): Repair {
  const head = isInRepository(home.dir) ? (readHead(home.dir, [path]).get(path)?.toString('utf8') ?? null) : null
  const expect = contentHash(text)
  if (head !== null && head !== text && whyBroken(head, path) === null) {
    const local: LocalStep[] = [{kind: 'write', path, content: head, expect}]
    return {what: `Restore ${path} from the last commit`, local}
  }
  if (head === text)
    return {what: `Set ${path} aside, as nobody can read it`, changes: [{kind: 'remove', path, expect}]}
  return {what: `Set ${path} aside, as nobody can read it`, local: [{kind: 'remove', path}]}
}
