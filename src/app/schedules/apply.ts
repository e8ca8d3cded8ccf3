import {existsSync, mkdirSync} from 'node:fs'
import path from 'node:path'
import {clearTemps} from '../../kit/clear-temps.js'
import {openFolder} from '../../kit/folder.js'
import {formatDuration} from '../../schedule/duration.js'
import {writeCrontab} from './crontab-program.js'
import type {PlannedFile, SchedulePlan} from './schedule-plan.js'
import type {ScheduleSite} from './site.js'

/** What installing or removing did, or with `dry_run` would do. */
export interface ServiceChange {
  readonly dry_run: boolean
  readonly schedules: readonly {
    readonly kind: string
    readonly scope: string
    /** null: every agent. */
    readonly agent: string | null
    readonly every: string | null
  }[]
  readonly files: readonly ServiceFile[]
  readonly commands: readonly ServiceCommand[]
  readonly warnings: readonly {readonly code: string; readonly message: string; readonly fix: string}[]
}

/** A file, or of a crontab the fleet's own lines. */
export interface ServiceFile {
  readonly file: string
  readonly change: 'made' | 'changed' | 'removed' | 'same'
  readonly before: string | null
  readonly after: string | null
}

export interface ServiceCommand {
  readonly command: readonly string[]
  /** null: not run, as nothing was to be changed. */
  readonly ok: boolean | null
  /** What it said when it failed. */
  readonly message: string | null
}

/** Carries a plan out; a command that fails is told, as the files are right all the same. */
export async function applyPlan(
  site: ScheduleSite,
  plan: SchedulePlan,
  {dryRun}: {readonly dryRun: boolean},
): Promise<ServiceChange> {
  const commands: ServiceCommand[] = []
  const runAll = async (all: readonly (readonly string[])[]): Promise<void> => {
    for (const command of all) commands.push(dryRun ? {command, ok: null, message: null} : await run(site, command))
  }
  await runAll(plan.before)
  if (!dryRun) {
    for (const file of plan.files) writeOne(file)
    // No sweep looks where schedules lie.
    for (const folder of new Set(plan.files.map(({file}) => path.dirname(file)))) clearTemps(folder)
    const {crontab} = plan
    if (crontab && crontab.after !== (crontab.before ?? '')) await writeCrontab(site, crontab.before, crontab.after)
  }
  await runAll(plan.after)
  return {
    dry_run: dryRun,
    schedules: plan.schedules.map(({everyMs, ...rest}) => ({
      kind: rest.kind,
      scope: rest.scope,
      agent: rest.agent,
      every: everyMs === 0 ? null : formatDuration(everyMs),
    })),
    files: [...plan.files.map(toServiceFile), ...crontabFile(plan)],
    commands,
    warnings: plan.warnings.map(({code, message, fix}) => ({code, message, fix})),
  }
}

async function run(site: ScheduleSite, command: readonly string[]): Promise<ServiceCommand> {
  const {code, error, stderr, timedOut} = await site.run(command)
  if (code === 0) return {command, ok: true, message: null}
  const why = timedOut
    ? 'it did not answer'
    : stderr.trim() || (error === 'ENOENT' ? 'there is no such program' : error)
  return {command, ok: false, message: why ?? `exit ${code}`}
}

function writeOne({file, before, after}: PlannedFile): void {
  if (before === after) return
  const [folder, name] = [path.dirname(file), path.basename(file)]
  if (after === null) {
    // The scheduler may have taken it away itself, with the folder that was left empty.
    if (!existsSync(folder)) return
    const there = openFolder(folder)
    if (there.stat(name) !== null) there.remove(name)
    return
  }
  mkdirSync(folder, {recursive: true})
  openFolder(folder).write(name, after, {mode: 0o644})
}

function toServiceFile({file, before, after}: PlannedFile): ServiceFile {
  const change = before === after ? 'same' : before === null ? 'made' : after === null ? 'removed' : 'changed'
  return {file, change, before, after}
}

function crontabFile({crontab}: SchedulePlan): ServiceFile[] {
  if (crontab === null) return []
  const {before, after} = crontab.block
  return [toServiceFile({file: 'crontab', before: before || null, after: after || null})]
}
