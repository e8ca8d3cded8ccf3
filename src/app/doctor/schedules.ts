import {existsSync, statSync} from 'node:fs'
import path from 'node:path'
import type {InstalledSchedule} from '../../fleet/schedules/schedule.js'
import {readStop} from '../../guard/stop.js'
import {latestBeats} from '../../heartbeat/latest-beats.js'
import {cronAfter} from '../../schedule/cron.js'
import {readHeartbeats} from '../../schedule/read-heartbeats.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, count, type Trouble} from '../../workspace/health.js'
import {readPark} from '../../workspace/park.js'
import {readSoulsHere} from '../../workspace/read-souls.js'
import {isCronRunning} from './is-cron-running.js'
import {hasSecrets, startsBare} from './schedule-environment.js'
import {noVoidLine} from './schedule-lines.js'
import {type Machine, openMachine} from './schedule-machine.js'
import {beatsAsAsked} from './schedule-pace.js'
import {INSTALL, mendOf, placeOf, unitFile} from './schedule-place.js'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** So many beats may be missed before something is wrong: a machine sleeps, a beat takes long. */
const PATIENCE = 2

/** Whether anybody starts the beats, as this machine's schedulers tell. */
export function scheduleCheckups(machine: Machine = openMachine()): readonly Checkup[] {
  const checks = [
    someoneStarts,
    unitsEndAll,
    startsBare,
    hasSecrets,
    stillFires,
    runsLoggedOut,
    noVoidLine,
    beatsAsAsked,
  ]
  return checks.map((of) => of(machine))
}

function someoneStarts({read}: Machine): Checkup {
  return {
    id: 'schedule',
    title: 'A schedule starts the beats of every agent of this machine',
    means: 'Without one, beats happen only when somebody types mcos heartbeat.',
    async examine(fleet) {
      const schedules = await read(fleet)
      const asleep = schedules.filter(({isEnabled}) => isEnabled === false)
      const troubles = asleep.map((one): Trouble => {
        const scope = one.scope === 'user' ? '--user ' : ''
        const fix = one.kind === 'systemd' ? `systemctl ${scope}enable --now ${path.basename(one.file)}` : INSTALL
        return {status: 'fail', detail: `${placeOf(one)} is written and not enabled`, fix}
      })
      troubles.push(...twofold(schedules))
      const waiting = await namesToBeat(fleet)
      const left = schedules.some(({agent}) => agent === null)
        ? []
        : waiting.filter((name) => !schedules.some(({agent}) => agent === name))
      if (left.length === 0) return {seen: schedules.map(placeOf).join(', ') || 'nobody has to be woken', troubles}
      if (schedules.length > 0) {
        const detail = `no schedule wakes ${left.join(', ')}`
        return {seen: '', troubles: [...troubles, {status: 'warn', detail, fix: INSTALL}]}
      }
      const latest = Math.max(...latestBeats(fleet).values(), 0)
      // Somebody who beats by hand now, or by a scheduler that can't be seen from here, knows what they do.
      if (fleet.clock.now() - latest <= DAY_MS) return {seen: 'none, and it beat within a day all the same', troubles}
      return {seen: '', troubles: [{status: 'warn', detail: 'no schedule: beats happen only by hand', fix: INSTALL}]}
    },
  }
}

function unitsEndAll({read}: Machine): Checkup {
  return {
    id: 'schedule-units',
    title: 'Every unit of a schedule ends all that a beat has started, and a beat that hangs',
    means: 'Otherwise a killed beat leaves programs running, or one that hangs holds up all later ones.',
    async examine(fleet) {
      const units = (await read(fleet)).filter(({kind}) => kind !== 'cron')
      const troubles = units.flatMap((one): Trouble[] => {
        const fix = one.isOurs ? INSTALL : `systemctl ${one.scope === 'user' ? '--user ' : ''}edit ${unitOf(one)}`
        const lacks = [
          ...(one.hasControlGroup ? [] : ['KillMode=control-group']),
          ...(one.hasTimeout || one.kind === 'launchd' ? [] : ['TimeoutStartSec=']),
        ]
        if (lacks.length > 0) {
          const status = one.hasControlGroup ? 'warn' : 'fail'
          return [{status, detail: `${unitFile(one)} lacks ${lacks.join(' and ')}`, fix}]
        }
        if (!one.isOurs || one.isCurrent) return []
        return [{status: 'warn', detail: `${placeOf(one)} is not as mcos would write it now`, fix}]
      })
      return {seen: units.length === 0 ? 'there is none' : count(units.length, 'unit'), troubles}
    },
  }
}

function stillFires({read}: Machine): Checkup {
  return {
    id: 'schedule-fires',
    title: 'Every schedule still fires',
    means: 'The schedule is there, and yet nobody is woken: a scheduler that does not run, or a line it can not read.',
    async examine(fleet) {
      const schedules = await read(fleet)
      const latest = latestBeats(fleet)
      const now = fleet.clock.now()
      const waiting = await namesToBeat(fleet)
      const troubles = schedules.flatMap((one): Trouble[] => {
        const names = one.agent === null ? waiting : waiting.filter((name) => name === one.agent)
        if (one.everyMs === null || names.length === 0) return []
        const last = Math.max(...names.map((name) => latest.get(name) ?? 0))
        const since = Math.max(last, writtenAt(one) ?? 0)
        const late = now - since > PATIENCE * one.everyMs + 10 * MINUTE_MS
        if (!late) return []
        const told = last === 0 ? 'no beat has come of it yet' : `the last beat was at ${new Date(last).toISOString()}`
        const fix = one.kind === 'cron' ? 'systemctl status cron' : statusOfUnit(one)
        return [{status: 'fail', detail: `${placeOf(one)}: ${told}`, fix}]
      })
      const never = schedules.flatMap((one): Trouble[] => {
        if (one.cron === null || cronAfter(one.cron, now, 'UTC') !== null) return []
        return [{status: 'fail', detail: `${placeOf(one)}: no day is as ${one.cron} says`, fix: mendOf(one)}]
      })
      const isOff = schedules.some(({kind}) => kind === 'cron') && isCronRunning() === false
      const off: Trouble[] = isOff
        ? [
            {
              status: 'fail',
              detail: 'cron itself does not run on this machine',
              fix: 'sudo systemctl enable --now cron',
            },
          ]
        : []
      return {
        seen: schedules.length === 0 ? 'there is none' : count(schedules.length, 'schedule'),
        troubles: [...off, ...never, ...troubles],
      }
    },
  }
}

function runsLoggedOut({read, siteOf}: Machine): Checkup {
  return {
    id: 'schedule-linger',
    title: 'Timers of a person run also when that person is not logged in',
    means: 'They stop when you log out and begin when you log in again.',
    async examine(fleet) {
      const ofPerson = (await read(fleet)).filter(({kind, scope}) => kind === 'systemd' && scope === 'user')
      const {user} = siteOf(fleet)
      if (ofPerson.length === 0 || existsSync(`/var/lib/systemd/linger/${user}`)) return {seen: 'they do', troubles: []}
      const detail = `lingering is not enabled for ${user}`
      return {seen: '', troubles: [{status: 'warn', detail, fix: `sudo loginctl enable-linger ${user}`}]}
    },
  }
}

/** Agents of this machine that have something to look at, and that nobody has laid up or stopped. */
async function namesToBeat(fleet: Fleet): Promise<string[]> {
  const here = new Set((await readSoulsHere(fleet)).map(({agent}) => agent.name))
  return (await readHeartbeats(fleet)).flatMap(({agent, heartbeat}) => {
    const hasWork = heartbeat?.checks.some(({kind, off}) => kind === 'check' && !off) ?? false
    const isUp = readStop(fleet.mcos, agent.name) === null && readPark(fleet.home.files, agent) === null
    return here.has(agent.name) && hasWork && isUp ? [agent.name] : []
  })
}

function unitOf({file}: InstalledSchedule): string {
  return path.basename(file).replace(/\.timer$/, '.service')
}

/** Two that start the same beats; those of single agents beside one for all are often meant. */
function twofold(schedules: readonly InstalledSchedule[]): Trouble[] {
  return schedules.flatMap((one, index): Trouble[] => {
    const before = schedules.slice(0, index).find(({agent}) => agent === one.agent)
    if (before === undefined) return []
    const detail = `${placeOf(before)} (${before.kind}) and ${placeOf(one)} (${one.kind}) both start the beats of ${one.agent ?? 'every agent'}`
    return [{status: 'warn', detail, fix: `mcos service remove --${before.isOurs ? before.kind : one.kind}`}]
  })
}

function statusOfUnit(one: InstalledSchedule): string {
  if (one.kind === 'launchd') return 'launchctl list | grep mcos'
  return `systemctl ${one.scope === 'user' ? '--user ' : ''}status ${path.basename(one.file)}`
}

/** When it was last written; the crontab doesn't tell. */
function writtenAt({kind, scope, file}: InstalledSchedule): number | null {
  if (kind === 'cron' && scope === 'user') return null
  return statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? null
}
