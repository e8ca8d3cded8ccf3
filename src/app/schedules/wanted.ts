import {readFileSync, statSync} from 'node:fs'
import path from 'node:path'
import type {InstalledSchedule, Schedule, ScheduleKind, ScheduleScope} from '../../fleet/schedules/schedule.js'
import {insistOnWritable} from '../../fleet/schedules/writable-path.js'
import {readCommittedLaw} from '../../heartbeat/committed-law.js'
import {readContract} from '../../heartbeat/read-contract.js'
import {isUserError, UserError} from '../../kit/errors.js'
import {shellWord} from '../../kit/shell-word.js'
import {listMentions, type SecretMention} from '../../workspace/examine-secrets.js'
import type {Fleet} from '../../workspace/fleet.js'
import {readSouls} from '../../workspace/read-souls.js'
import {expandHome} from '../../workspace/secret-ref.js'
import type {ScheduleSite} from './site.js'

/** What a schedule is made from besides its kind and pace; read once for all of a fleet's. */
export interface ScheduleFacts {
  readonly mentions: readonly SecretMention[]
  /** Who owns the home, and so has to run its beats; null: unknown here. */
  readonly owner: {readonly name: string; readonly home: string} | null
  /** What a beat changes outside the home. */
  readonly writable: readonly string[]
}

export async function readScheduleFacts(fleet: Fleet, site: ScheduleSite): Promise<ScheduleFacts> {
  const {files, config} = fleet.home
  const owner = await ownerOf(files.dir, site)
  const userHome = owner?.home ?? site.userHome
  const repos = await reposInForce(fleet)
  const mail = Object.values(config.mail.accounts).flatMap((one) => (one.kind === 'maildir' ? [one.path] : []))
  const places = [...repos, ...mail].map((place) => path.resolve(files.dir, expandHome(place, userHome)))
  // Coding agents keep logins and sessions all over the home of their person.
  const hasPrograms = Object.values(config.engines).some(({kind}) => kind === 'command')
  const all = [...repositoryAround(files.dir), ...places, ...(hasPrograms ? [userHome] : [])]
  const outside = all.filter((place) => place !== files.dir && !place.startsWith(`${files.dir}/`))
  return {mentions: await listMentions(fleet), owner, writable: [...new Set(outside)].sort()}
}

/** Repositories that agents may work in, as far as a person has committed it: what a contract on the disk adds opens nothing to a unit. */
async function reposInForce(fleet: Fleet): Promise<string[]> {
  const souls = (await readSouls(fleet)).filter(({soul}) => (soul?.contract?.repos ?? []).length > 0)
  if (souls.length === 0) return []
  const agents = souls.map(({agent}) => agent)
  const repos: string[] = []
  for (const agent of agents) {
    try {
      repos.push(...(await readContract(fleet, agent, readCommittedLaw(fleet, agents))).contract.repos)
    } catch (error) {
      // A contract that can't be told means no, and no beat of that agent works there.
      if (!isUserError(error)) throw error
    }
  }
  return repos
}

/** The schedule that `install` writes for such a wish. */
export function wantedSchedule(
  {home}: Pick<Fleet, 'home'>,
  site: ScheduleSite,
  {mentions, owner, writable}: ScheduleFacts,
  wish: {
    readonly kind: ScheduleKind
    readonly scope: ScheduleScope
    readonly agent: string | null
    readonly everyMs: number
    readonly path?: string | null
  },
): Schedule {
  const {kind, scope, agent, everyMs} = wish
  const isForMachine = scope === 'system'
  const user = isForMachine ? owner?.name : site.user
  if (user === undefined) throw noOwner(home.files.dir)
  const userHome = isForMachine ? (owner?.home ?? site.userHome) : site.userHome
  const store = isForMachine
    ? '/etc/credstore'
    : path.join(path.dirname(path.dirname(site.folders.userUnits)), 'credstore')
  const names = mentions.flatMap(({ref}) => (ref.source === 'credential' ? [ref.value] : []))
  return {
    kind,
    scope,
    fleet: home.config.name,
    home: insistOnWritable(home.files.dir),
    agent,
    everyMs,
    node: insistOnWritable(site.node),
    mcos: insistOnWritable(site.mcos),
    env: {PATH: wish.path ?? site.path, HOME: insistOnWritable(userHome)},
    user,
    credentials: [...new Set(names)].sort().map((name) => ({name, file: insistOnWritable(path.join(store, name))})),
    writable: isForMachine ? writable.map(insistOnWritable) : [],
  }
}

/** The same schedule as it would be installed now, at its own pace and with its own PATH; null: nobody's. */
export function renewed(
  fleet: Fleet,
  site: ScheduleSite,
  facts: ScheduleFacts,
  installed: Pick<InstalledSchedule, 'kind' | 'scope' | 'agent' | 'everyMs' | 'path'>,
): Schedule | null {
  const {everyMs} = installed
  return everyMs === null ? null : wantedSchedule(fleet, site, facts, {...installed, everyMs})
}

/** git writes beside the home where the fleet lies below the root of a larger repository, or in a worktree of one. */
function repositoryAround(home: string): string[] {
  for (let dir = home; ; dir = path.dirname(dir)) {
    const found = statSync(path.join(dir, '.git'), {throwIfNoEntry: false})
    if (found?.isDirectory()) return [dir]
    if (found?.isFile()) {
      const gitDir = /^gitdir: (.+)$/m.exec(readFileSync(path.join(dir, '.git'), 'utf8'))?.[1]
      return gitDir === undefined ? [dir] : [dir, path.resolve(dir, gitDir).replace(/\/worktrees\/[^/]+$/, '')]
    }
    if (dir === path.dirname(dir)) return []
  }
}

async function ownerOf(home: string, site: ScheduleSite): Promise<ScheduleFacts['owner']> {
  const {uid} = statSync(home)
  if (uid === site.uid) return {name: site.user, home: site.userHome}
  const {code, stdout} = await site.run(['getent', 'passwd', String(uid)])
  const [name, , , , , userHome] = stdout.trim().split(':')
  return code === 0 && name && userHome ? {name, home: userHome} : null
}

function noOwner(home: string): UserError {
  return new UserError(`Nobody on this machine owns ${home}, so nothing says as whom its beats are to run.`, {
    code: 'NO_OWNER',
    fix: `sudo chown -R USER ${shellWord(home)}`,
  })
}
