import type {ServiceChange, ServiceCommand, ServiceFile} from '../app/schedules/apply.js'
import type {ServiceReport, ShownSchedule} from '../app/schedules/show.js'
import {cleanLine} from '../kit/text.js'
import {formatTable} from './table.js'

/** What was installed; of a rehearsal each file whole, as it would be written. */
export function presentInstalled(change: ServiceChange): string {
  const {dry_run, schedules, files, commands, warnings} = change
  const [schedule] = schedules
  const touched = files.filter((one) => one.change !== 'same')
  const isSame = touched.length === 0 && commands.length === 0
  const whom = schedule?.agent ?? 'every agent'
  return [
    ...(dry_run ? touched.flatMap(presentWhole) : touched.map(presentDone)),
    ...(dry_run ? commands.map(({command}) => `$ ${command.join(' ')}`) : commands.flatMap(presentFailed)),
    ...(warnings.length === 0 ? [] : [presentWarnings(warnings)]),
    isSame
      ? `It is there already: ${schedule?.kind} beats ${whom} every ${schedule?.every}. Nothing was changed.`
      : dry_run
        ? 'Nothing was changed.'
        : `${schedule?.kind} beats ${whom} every ${schedule?.every}. When next: mcos service show`,
  ].join('\n')
}

/** What was taken away, or would be. */
export function presentRemoved({dry_run, files, commands}: ServiceChange): string {
  const touched = files.filter(({change}) => change !== 'same')
  if (touched.length === 0) return 'There is no schedule of mcos to take away.'
  return [
    ...(dry_run ? touched.flatMap(presentGoing) : touched.map(presentDone)),
    ...(dry_run ? commands.map(({command}) => `$ ${command.join(' ')}`) : commands.flatMap(presentFailed)),
    ...(dry_run ? ['Nothing was changed.'] : []),
  ].join('\n')
}

/** Each with the one thing that helps. */
export function presentWarnings(warnings: ServiceChange['warnings']): string {
  return warnings.map(({message, fix}) => `warning: ${message}\n  ${fix}`).join('\n')
}

/** Every schedule on a line; what is out of date or somebody's own is told below. */
export function presentService({fleet, host, schedules, gone}: ServiceReport): string {
  return [presentOwn({fleet, host, schedules}), ...presentGone(gone)].join('\n')
}

function presentGone(gone: ServiceReport['gone']): string[] {
  if (gone.length === 0) return []
  const lines = gone.map((one) => `${placeOf(one)} beats a fleet in ${one.home}, which is gone.`)
  return [...lines, '  mcos service remove --gone']
}

function presentOwn({fleet, host, schedules}: Pick<ServiceReport, 'fleet' | 'host' | 'schedules'>): string {
  if (schedules.length === 0) {
    return `Nothing on ${host} starts heartbeats of ${fleet}.\n  mcos service install --dry-run`
  }
  const rows = schedules.map((one) => [
    one.kind === 'systemd' && one.scope === 'system' ? 'systemd (system)' : one.kind,
    one.agent ?? 'every agent',
    one.every ?? 'its own',
    moment(one.next),
    moment(one.last_beat),
    stateOf(one),
    placeOf(one),
  ])
  const table = formatTable(['kind', 'beats', 'every', 'next (UTC)', 'last beat (UTC)', 'state', 'where'], rows)
  const isStale = schedules.some(({ours, current}) => ours && !current)
  return isStale ? `${table}\nTo bring it up to date: mcos service install` : table
}

function stateOf({ours, current, enabled}: ShownSchedule): string {
  if (enabled === false) return 'off'
  if (!ours) return 'by hand'
  return current ? 'fine' : 'out of date'
}

function placeOf({file, line}: Pick<ShownSchedule, 'file' | 'line'>): string {
  return line === null ? file : `${file}:${line}`
}

function moment(iso: string | null): string {
  return iso === null ? '' : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`
}

const WORDS = {made: 'Made', changed: 'Changed', removed: 'Removed', same: 'Left'} as const

function presentDone({file, change}: ServiceFile): string {
  return file === 'crontab'
    ? `${change === 'removed' ? 'Took our lines out of' : 'Wrote'} your crontab`
    : `${WORDS[change]} ${file}`
}

function presentWhole({file, change, before, after}: ServiceFile): string[] {
  if (change === 'removed') return presentGoing({file, change, before, after})
  const head = file === 'crontab' ? 'In your crontab:' : `${file}:`
  return [head, ...indent(after ?? ''), '']
}

function presentGoing({file, before, after}: ServiceFile): string[] {
  if (file !== 'crontab') return [`Would go: ${file}`]
  const kept = new Set((after ?? '').split('\n'))
  return ['Would go from your crontab:', ...indent((before ?? '').trimEnd()).filter((line) => !kept.has(line.trim()))]
}

function presentFailed({command, ok, message}: ServiceCommand): string[] {
  if (ok !== false) return []
  return [`This did not go well: ${cleanLine(message ?? '')}`, `  ${command.join(' ')}`]
}

function indent(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
}
