import {PAGE_CHECKUPS} from '../alerts/checkups.js'
import {MAIL_CHECKUPS} from '../bus/checkups.js'
import {ENGINE_CHECKUPS} from '../engines/checkups.js'
import {GUARD_CHECKUPS} from '../guard/checkups.js'
import {BEAT_CHECKUPS} from '../heartbeat/checkups.js'
import {HISTORY_CHECKUPS} from '../history/checkups.js'
import {isUserError} from '../kit/errors.js'
import {ACCOUNT_CHECKUPS} from '../mail/checkups.js'
import {SCHEDULE_CHECKUPS} from '../schedule/checkups.js'
import {CONFIG_CHECKUPS} from '../workspace/checkups-config.js'
import {FILE_CHECKUPS} from '../workspace/checkups-files.js'
import {SECRET_CHECKUPS} from '../workspace/checkups-secrets.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Checkup, Examined, HealthCheck, Repair} from '../workspace/health.js'
import {COMMITTED_CHECKUPS, configCheckup} from './doctor/config.js'
import {CONTRACT_CHECKUPS} from './doctor/contracts.js'
import {GUARDED_CHECKUPS} from './doctor/guarded.js'
import {GUARDRAIL_CHECKUPS} from './doctor/guardrails.js'
import {KEY_CHECKUPS} from './doctor/keys.js'
import {LEAK_CHECKUPS} from './doctor/leaks.js'
import {MACHINE_CHECKUPS} from './doctor/machine.js'
import {MAIL_RULE_CHECKUPS} from './doctor/mail-rules.js'
import {PERFORMED_CHECKUPS} from './doctor/performed.js'
import {REACH_CHECKUPS} from './doctor/reach.js'
import {STATE_CHECKUPS} from './doctor/state.js'
import type {OpenedAnyway} from './open-anyway.js'

/** Every domain's checks in the order they are told; a new domain is one line here. */
const CHECKUPS: readonly Checkup[] = [
  ...MACHINE_CHECKUPS,
  ...HISTORY_CHECKUPS,
  ...CONFIG_CHECKUPS,
  ...COMMITTED_CHECKUPS,
  ...GUARDRAIL_CHECKUPS,
  ...SECRET_CHECKUPS,
  ...LEAK_CHECKUPS,
  ...ENGINE_CHECKUPS,
  ...PAGE_CHECKUPS,
  ...CONTRACT_CHECKUPS,
  ...KEY_CHECKUPS,
  ...FILE_CHECKUPS,
  ...SCHEDULE_CHECKUPS,
  ...REACH_CHECKUPS,
  ...PERFORMED_CHECKUPS,
  ...BEAT_CHECKUPS,
  ...MAIL_CHECKUPS,
  ...ACCOUNT_CHECKUPS,
  ...MAIL_RULE_CHECKUPS,
  ...GUARD_CHECKUPS,
  ...GUARDED_CHECKUPS,
  ...STATE_CHECKUPS,
]

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
  const checks = await Promise.all(all.map((checkup) => toHealthCheck(checkup, fleet)))
  const passed = checks.filter(({status}) => status === 'pass').length
  return {grade: gradeOf(checks), passed, total: checks.length, checks}
}

/** What `--fix` would do, for all that is wrong and that code can put right. */
export async function planRepairs(fleet: Fleet, {checks}: DoctorReport): Promise<Repair[]> {
  const fixable = new Set(checks.filter((check) => check.fixable).map(({id}) => id))
  const wanted = CHECKUPS.filter(({id}) => fixable.has(id))
  return (await Promise.all(wanted.map((checkup) => checkup.repair?.(fleet) ?? []))).flat()
}

/** A: nothing fails and a tenth at most warns; B: nothing fails; C: one thing does; D: up to three; F: more. */
export function gradeOf(checks: readonly Pick<HealthCheck, 'status'>[]): Grade {
  const failed = checks.filter(({status}) => status === 'fail').length
  const warned = checks.filter(({status}) => status === 'warn').length
  if (failed === 0) return warned * 10 <= checks.length ? 'A' : 'B'
  return failed === 1 ? 'C' : failed <= 3 ? 'D' : 'F'
}

async function toHealthCheck(checkup: Checkup, fleet: Fleet): Promise<HealthCheck> {
  const {id, title} = checkup
  const {seen, troubles} = await examineOne(checkup, fleet)
  const worst = troubles.find(({status}) => status === 'fail') ?? troubles[0]
  if (!worst) return {id, title, status: 'pass', detail: seen, fix: null, fixable: false}
  const detail = troubles.map((trouble) => trouble.detail).join('\n')
  return {id, title, status: worst.status, detail, fix: worst.fix, fixable: troubles.some(({fixable}) => fixable)}
}

/** What keeps a check from looking is what it found; trouble with git itself is told once, by git's own checks. */
async function examineOne(checkup: Checkup, fleet: Fleet): Promise<Examined> {
  try {
    return await checkup.examine(fleet)
  } catch (error) {
    if (!isUserError(error)) throw error
    const fix = error.suggestions[0] ?? 'mcos fsck'
    if (!/^(?:GIT_|NO_GIT)/.test(error.code))
      return {seen: '', troubles: [{status: 'fail', detail: error.message, fix}]}
    return {seen: '', troubles: [{status: 'warn', detail: 'not looked at: git has to be put right first', fix}]}
  }
}
