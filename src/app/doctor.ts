import {isUserError} from '../kit/errors.js'
import {shellWord} from '../kit/shell-word.js'
import {errnoOf} from '../kit/storage-error.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Checkup, Examined, HealthCheck, Repair, Trouble} from '../workspace/health.js'
import {configCheckup} from './doctor/config.js'
import {CHECKUPS} from './doctor/registry.js'
import type {OpenedAnyway} from './open-anyway.js'

export type Grade = 'A' | 'B' | 'C' | 'D' | 'F'

/** The keys are a promise to programs. */
export interface DoctorReport {
  readonly grade: Grade
  readonly passed: number
  readonly total: number
  readonly checks: readonly HealthCheck[]
}

/** Looks at everything that can be wrong with a fleet and this machine; changes nothing. */
export async function examine({fleet, configError}: OpenedAnyway): Promise<DoctorReport> {
  const all = [configCheckup(configError), ...CHECKUPS]
  const view = {...fleet}
  const checks = await Promise.all(all.map((checkup) => toHealthCheck(checkup, view)))
  const passed = checks.filter(({status}) => status === 'pass').length
  return {grade: gradeOf(checks), passed, total: checks.length, checks}
}

/** What `--fix` would do, for all that is wrong and that code can put right. */
export async function planRepairs(fleet: Fleet, {checks}: DoctorReport): Promise<Repair[]> {
  const fixable = new Set(checks.filter((check) => check.fixable).map(({id}) => id))
  const wanted = CHECKUPS.filter(({id}) => fixable.has(id))
  const view = {...fleet}
  return (await Promise.all(wanted.map((checkup) => checkup.repair?.(view) ?? []))).flat()
}

/** A: nothing fails and a tenth at most warns; B: nothing fails; C: one thing does; D: up to three; F: more. */
export function gradeOf(checks: readonly Pick<HealthCheck, 'status'>[]): Grade {
  const failed = checks.filter(({status}) => status === 'fail').length
  const warned = checks.filter(({status}) => status === 'warn').length
  if (failed === 0) return warned * 10 <= checks.length ? 'A' : 'B'
  return failed === 1 ? 'C' : failed <= 3 ? 'D' : 'F'
}

async function toHealthCheck(checkup: Checkup, fleet: Fleet): Promise<HealthCheck> {
  const {id, title, means} = checkup
  const {seen, troubles} = await examineOne(checkup, fleet)
  const worst = troubles.find(({status}) => status === 'fail') ?? troubles[0]
  if (!worst) return {id, title, status: 'pass', detail: seen, fix: null, fixable: false, means, findings: []}
  const findings = troubles.map((trouble) => ({...trouble, fixable: trouble.fixable ?? false}))
  const detail = findings.map((finding) => finding.detail).join('\n')
  const fixable = findings.some((finding) => finding.fixable)
  return {id, title, status: worst.status, detail, fix: worst.fix, fixable, means, findings}
}

/** What keeps a check from looking is what it found; trouble with git itself is told once, by git's own checks. */
async function examineOne(checkup: Checkup, fleet: Fleet): Promise<Examined> {
  try {
    return await checkup.examine(fleet)
  } catch (error) {
    const closed = isUserError(error) ? null : whatIsInTheWay(error)
    if (closed !== null) return {seen: '', troubles: [closed]}
    if (!isUserError(error)) throw error
    const [told = 'mcos fsck'] = error.suggestions
    const fix = /\((ls -ld [^)]*?)(?: shows[^)]*)?\)/.exec(told)?.[1] ?? told.replace(/^If .*?: (?=git)/, '')
    if (!/^(?:GIT_|NO_GIT|NOT_A_REPOSITORY)/.test(error.code))
      return {seen: '', troubles: [{status: 'fail', detail: error.message, fix}]}
    return {seen: '', troubles: [{status: 'warn', detail: 'not looked at: git has to be put right first', fix}]}
  }
}

/** A file where a folder has to be, or what may not be opened: to be told, and never a reason to tell nothing at all. */
function whatIsInTheWay(error: unknown): Trouble | null {
  const code = errnoOf(error)
  if (code === undefined || !(error instanceof Error) || !('path' in error)) return null
  const place = String(error.path)
  return {status: 'fail', detail: `${place} can't be looked at (${code})`, fix: `ls -ld ${shellWord(place)}`}
}
