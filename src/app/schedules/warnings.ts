import {existsSync, readdirSync, realpathSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {variablesIn} from '../../fleet/schedules/crontab.js'
import type {InstalledSchedule, Schedule} from '../../fleet/schedules/schedule.js'
import {shellWord} from '../../kit/shell-word.js'
import type {Fleet} from '../../workspace/fleet.js'
import {listKept} from '../../workspace/secret-store.js'
import {readCrontab} from './crontab-program.js'
import {readOfGoneFleets} from './of-gone-fleets.js'
import {readText} from './read-text.js'
import type {ScheduleSite} from './site.js'
import type {ScheduleFacts} from './wanted.js'

/** Something a person should know before beats run by themselves. */
export interface ScheduleWarning {
  readonly code: string
  readonly message: string
  readonly fix: string
  /** Whether beats would fail, or happen twice, as things are. */
  readonly isGrave: boolean
}

interface Around {
  readonly schedule: Schedule
  readonly facts: ScheduleFacts
  /** What beats this fleet already. */
  readonly found: readonly InstalledSchedule[]
}

/** What keeps the schedule from doing what the person sees when they beat by hand. */
export async function findWarnings(fleet: Fleet, site: ScheduleSite, around: Around): Promise<ScheduleWarning[]> {
  return [
    ...secretsOfEnvironment(around, await variablesFor(site, around)),
    ...secretsOfKeyring(fleet, around),
    ...credentials(around),
    ...passing(around),
    ...versioned(around),
    ...foreign(site, around),
    ...seconds(around),
    ...silentPing(fleet, around),
    ...sleepingCron(site, around),
    ...(await ofGoneFleets(site)),
  ]
}

/** A schedule starts with PATH and HOME; only a crontab may set more, above its lines. New lines come last. */
async function variablesFor(site: ScheduleSite, {schedule, found}: Around): Promise<readonly string[]> {
  if (schedule.kind !== 'cron') return []
  const there = found.find(({kind, agent, isOurs}) => kind === 'cron' && agent === schedule.agent && isOurs)
  return there?.variables ?? variablesIn(((await readCrontab(site)) ?? '').split('\n'))
}

function secretsOfEnvironment({schedule, facts}: Around, variables: readonly string[]): ScheduleWarning[] {
  const names = facts.mentions.flatMap(({ref}) => (ref.source === 'env' ? [ref.value] : []))
  const missing = [...new Set(names)].filter((name) => !variables.includes(name))
  if (missing.length === 0) return []
  const [first = ''] = missing
  const credential = schedule.kind === 'systemd' ? ` or credential:${first}` : ''
  const are = missing.length === 1 ? 'is a variable' : 'are variables'
  return [
    {
      code: 'SECRETS_ENV',
      message: `${missing.join(', ')} ${are} of your shell, and no beat of a schedule will have ${missing.length === 1 ? 'it' : 'them'}.`,
      fix: `mcos secrets set ${first}   # then write keyring:${first} in its place, or file:PATH${credential}`,
      isGrave: true,
    },
  ]
}

function secretsOfKeyring(fleet: Fleet, {schedule: {kind, scope}, facts}: Around): ScheduleWarning[] {
  if (kind === 'launchd' || (kind === 'systemd' && scope === 'user')) return []
  const wanted = new Set(facts.mentions.flatMap(({ref}) => (ref.source === 'keyring' ? [ref.value] : [])))
  return listKept(fleet.home.files)
    .filter(({name, where}) => where === 'keyring' && wanted.has(name))
    .map(({name}) => ({
      code: 'SECRETS_KEYRING',
      message: `${name} lies in the keyring of your desktop, which is shut where no desktop is.`,
      fix: `mcos secrets set ${name} --in age`,
      isGrave: true,
    }))
}

function credentials({schedule, facts}: Around): ScheduleWarning[] {
  if (schedule.kind !== 'systemd') {
    const names = facts.mentions.flatMap(({ref}) => (ref.source === 'credential' ? [ref.value] : []))
    return [...new Set(names)].map((name) => ({
      code: 'NO_CREDENTIALS',
      message: `credential:${name} is handed over by systemd alone, and this is ${schedule.kind}.`,
      fix: `mcos secrets set ${name}   # then write keyring:${name} in its place`,
      isGrave: true,
    }))
  }
  return schedule.credentials
    .filter(({file}) => !existsSync(file))
    .map(({name, file}) => ({
      code: 'NO_CREDENTIAL_FILE',
      message: `systemd hands ${name} over from ${file}, which is not there; without it no beat is started.`,
      fix: `install -D -m 600 /dev/stdin ${shellWord(file)}   # then type or paste it, and press Ctrl-D`,
      isGrave: true,
    }))
}

/** What a machine empties, at its next start at the latest. */
const PASSING = ['/tmp', '/var/tmp', '/private/tmp', '/dev/shm']

function passing({schedule: {mcos, home}}: Around): ScheduleWarning[] {
  const isPassing = (place: string): boolean =>
    PASSING.some((folder) => place.startsWith(`${folder}/`)) ||
    place.startsWith(`${realpathSync(tmpdir())}/`) ||
    place.includes('/_npx/')
  return [mcos, home].filter(isPassing).map((place) => ({
    code: 'PASSING',
    message: `${place} lies where things are cleared away by themselves; the schedule would go on and find nothing.`,
    fix: place === mcos ? installedElsewhere(place) : `mv ${shellWord(place)} ~/`,
    isGrave: true,
  }))
}

/** npx keeps a package for a while only; a checkout is moved as a whole, and the command linked to its new place. */
function installedElsewhere(mcos: string): string {
  if (mcos.includes('/_npx/')) return 'npm install -g mcos'
  const checkout = path.resolve(mcos, '../..')
  return `mv ${checkout} ~/ && npm install -g ~/${path.basename(checkout)}`
}

function versioned({schedule: {node}}: Around): ScheduleWarning[] {
  if (!/\/\.?(?:nvm|fnm|volta|asdf|nodenv|nodebrew|n)\/|\/Cellar\//.test(node)) return []
  return [
    {
      code: 'NODE_VERSION',
      message: `${node} is one version of Node among others, and the schedule names just that one.`,
      fix: 'mcos service install   # once more whenever that version is removed',
      isGrave: false,
    },
  ]
}

function foreign(site: ScheduleSite, {schedule: {scope, home}, facts: {owner}}: Around): ScheduleWarning[] {
  if (scope === 'system' || owner?.name === site.user) return []
  return [
    {
      code: 'OWNER',
      message: `The beats would run as ${site.user}, and ${home} belongs to ${owner?.name ?? 'somebody else'}: what they write that person could not change.`,
      fix: owner === null ? `ls -ld ${shellWord(home)}` : `sudo -u ${owner.name} mcos service install`,
      isGrave: true,
    },
  ]
}

function seconds({schedule, found}: Around): ScheduleWarning[] {
  const others = found.filter(
    ({kind, scope, agent, isOurs}) =>
      agent === schedule.agent && !(isOurs && kind === schedule.kind && scope === schedule.scope),
  )
  return others.map(({kind, file, line, isOurs}) => ({
    code: 'SECOND',
    message: `${line === null ? file : `Line ${line} of ${file === 'crontab' ? 'your crontab' : file}`} beats it already: with two schedules every moment comes twice.`,
    fix: isOurs ? `mcos service remove --${kind}` : byHand(file, line),
    isGrave: true,
  }))
}

/** A crontab of the machine has lines of others, too. */
function byHand(file: string, line: number | null): string {
  if (file === 'crontab') return 'crontab -e'
  return line === null ? `sudo rm ${shellWord(file)}` : `sudoedit ${shellWord(file)}   # line ${line}`
}

/** The address hears of beats of the whole machine: one agent's must not hide that the rest stands still. */
function silentPing({home}: Fleet, {schedule, found}: Around): ScheduleWarning[] {
  if (schedule.agent === null || home.config.ping === null || found.some(({agent}) => agent === null)) return []
  return [
    {
      code: 'NO_PING',
      message: `ping: is told after beats of the whole fleet only, and this schedule beats ${schedule.agent} alone.`,
      fix: 'mcos service install',
      isGrave: false,
    },
  ]
}

function sleepingCron({platform}: ScheduleSite, {schedule}: Around): ScheduleWarning[] {
  if (schedule.kind !== 'cron' || platform !== 'linux' || isCronRunning()) return []
  return [
    {
      code: 'CRON_SLEEPS',
      message: 'No cron is running on this machine: the line waits until one is.',
      fix: 'sudo systemctl enable --now cron',
      isGrave: false,
    },
  ]
}

/** A fleet that was moved has left its schedule behind, which starts nothing but failures. */
async function ofGoneFleets(site: ScheduleSite): Promise<ScheduleWarning[]> {
  return (await readOfGoneFleets(site)).map(({file, line, home}) => ({
    code: 'GONE',
    message: `${line === null ? file : `Line ${line} of your crontab`} beats a fleet in ${home}, which is gone.`,
    fix: 'mcos service remove --gone',
    isGrave: false,
  }))
}

const DAEMONS = new Set(['cron', 'crond', 'cronie', 'fcron', 'busybox crond', 'dcron'])

/** Where processes can't be looked at, it is taken as running: a warning has to be true. */
function isCronRunning(): boolean {
  if (!existsSync('/proc/self/comm')) return true
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return processes.some((id) => DAEMONS.has(readText(`/proc/${id}/comm`)?.trim() ?? ''))
}
