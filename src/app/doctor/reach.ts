import {statSync} from 'node:fs'
import path from 'node:path'
import {lawOfContract, mayFetch, mayRead} from '../../guard/may.js'
import {parseDiskRule} from '../../probes/disk.js'
import type {ProbeCall} from '../../schedule/check.js'
import {readHeartbeats} from '../../schedule/read-heartbeats.js'
import {type AgentEntry, inAgent} from '../../workspace/agents.js'
import {DEFAULT_CONTRACT} from '../../workspace/contract.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {nearestName} from '../../workspace/names.js'
import {readSoulsHere} from '../../workspace/read-souls.js'
import type {Contract} from '../../workspace/soul.js'

const reach: Checkup = {
  id: 'reach',
  title: 'Every contract covers what its HEARTBEAT.md looks at',
  means: 'A probe that its contract forbids fails at every beat.',
  async examine(fleet) {
    const heartbeats = new Map((await readHeartbeats(fleet)).map((one) => [one.agent.name, one]))
    const troubles = (await readSoulsHere(fleet)).flatMap(({agent, soul, file: soulFile}) => {
      const {file = '', heartbeat} = heartbeats.get(agent.name) ?? {}
      const contract = soul?.contract ?? DEFAULT_CONTRACT(agent)
      const calls = (heartbeat?.checks ?? []).filter(({off}) => !off).flatMap(({probes}) => probes)
      return calls.flatMap((call): Trouble[] => {
        const lost = whyNotThere(call, {fleet, agent})
        if (lost !== null) return [{status: 'warn', detail: `${file}:${call.line}: ${lost}`, fix: editCommand(file)}]
        const why = whyOutOfReach(call, {fleet, agent, contract})
        return why === null
          ? []
          : [{status: 'fail', detail: `${file}:${call.line}: ${why}`, fix: editCommand(soulFile)}]
      })
    })
    return {seen: 'all of it', troubles}
  },
}

/** What a heartbeat asks for and its agent may not. */
export const REACH_CHECKUPS: readonly Checkup[] = [reach]

interface Reach {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly contract: Contract
}

/** Why a probe would fail before it has looked; null when nothing keeps it from looking. */
function whyOutOfReach({word, args}: ProbeCall, around: Reach): string | null {
  if (word === 'http') return whyNoHost(args, around)
  if (word === 'files') return whyNoFiles(args.trim(), around)
  if (word === 'git') return whyNoRepository(args.trim(), around)
  return null
}

/** What no contract can open: it isn't there. */
function whyNotThere(call: ProbeCall, {fleet, agent}: Pick<Reach, 'fleet' | 'agent'>): string | null {
  const {word, args} = call
  if (word === 'git' && !isThere(call, {fleet, agent})) return `git ${args}: there is no such folder on this machine`
  const disk = word === 'disk' ? parseDiskRule(args)?.path : undefined
  if (disk !== undefined && !isThere({...call, args: disk}, {fleet, agent}))
    return `disk ${disk}: there is no such folder on this machine`
  const accounts = Object.keys(fleet.home.config.mail.accounts)
  if (word === 'mail' && args !== '' && !accounts.includes(args)) {
    const near = nearestName(args, accounts)
    return `mail ${args}: ${CONFIG_FILE} has no such account${near ? ` (${near}?)` : ''}`
  }
  const [first = '', ...rest] = word === 'files' ? args.split('/') : []
  const isFromHome =
    first === 'workspaces' && agent.path !== '.' && fleet.home.files.stat(inAgent(agent, first)) === null
  return isFromHome
    ? `files ${args} is seen from the agent's own folder, where there is no workspaces/: say ../${rest.join('/')}`
    : null
}

function whyNoHost(args: string, {contract, agent}: Reach): string | null {
  const [url = ''] = args.split(' ')
  if (!URL.canParse(url)) return `${url || 'nothing'} is no web address`
  const {host} = new URL(url)
  return mayFetch(lawOfContract(contract, agent), host) ? null : `${host} is not among the contract's hosts`
}

/** Judged by one name that the pattern covers. */
function whyNoFiles(pattern: string, {agent, contract}: Reach): string | null {
  const whole = path.posix.normalize(inAgent(agent, pattern)).replace(/\/$/, '/**')
  if (pattern.startsWith('/') || whole === '..' || whole.startsWith('../'))
    return `files ${pattern} leads out of the home`
  const sample = whole
    .replaceAll('**/', '')
    .replace(/\{([^,}]*)[^}]*\}/g, '$1')
    .replace(/\[[^\]]*\]|\*+|\?/g, 'x')
  return mayRead(lawOfContract(contract, agent), sample) ? null : `${whole} is not among the contract's reads`
}

function whyNoRepository(name: string, {fleet, agent, contract}: Reach): string | null {
  const {home} = fleet
  const dir = locate(name, {fleet, from: agent.path})
  if (dir === home.dir || dir.startsWith(`${home.dir}/`)) return null
  const listed = contract.repos.flatMap((repo) => [agent.path, '.'].map((from) => locate(repo, {fleet, from})))
  return listed.includes(dir) ? null : `git ${name} lies outside the home and is not among the contract's repos`
}

function isThere({args}: ProbeCall, {fleet, agent}: Pick<Reach, 'fleet' | 'agent'>): boolean {
  return statSync(locate(args.trim(), {fleet, from: agent.path}), {throwIfNoEntry: false}) !== undefined
}

/** Absolute; what was typed may begin with `~/` or be seen from `from`, a folder of the home. */
function locate(typed: string, {fleet: {home, env}, from}: {fleet: Fleet; from: string}): string {
  return path.resolve(home.dir, from, typed.replace(/^~(?=\/|$)/, env['HOME'] ?? '~'))
}
