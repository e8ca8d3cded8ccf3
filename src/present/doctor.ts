import type {Repaired} from '../app/doctor/apply-repairs.js'
import type {DoctorReport} from '../app/doctor.js'
import type {HealthCheck, Repair} from '../workspace/health.js'

const MOST_LINES = 8
const MOST_FIXES = 4
const MARK: Readonly<Record<HealthCheck['status'], string>> = {pass: 'ok  ', warn: 'warn', fail: 'FAIL'}

/** What is wrong, each with its fix; with `isGraded` also what is right, and the mark it comes to. */
export function presentDoctor({grade, passed, total, checks}: DoctorReport, {isGraded}: {isGraded: boolean}): string {
  const told = isGraded ? checks : checks.filter(({status}) => status !== 'pass')
  const [shown, blind] = [told.filter((check) => !isBlind(check)), told.filter(isBlind)]
  const fixable = checks.filter((check) => check.fixable).length
  return [
    ...shown.flatMap(presentCheck),
    ...presentBlind(blind),
    ...(told.length > 0 ? [''] : []),
    `${isGraded ? `Grade ${grade}: ` : ''}${passed} of ${total} checks pass${sumOf(checks)}.`,
    ...(fixable > 0 ? [`mcos doctor --fix mends ${fixable} of them.`] : []),
  ].join('\n')
}

/** What `--fix` would do, before anything is done. */
export function presentPlan(repairs: readonly Pick<Repair, 'what'>[]): string {
  if (repairs.length === 0) return 'There is nothing that --fix can mend.'
  return ['To be mended:', ...repairs.map(({what}) => `  ${what}`)].join('\n')
}

export function presentRepaired({done, backup, turn, local, restore}: Repaired): string {
  return [
    'Mended:',
    ...done.map((what) => `  ${what}`),
    ...(backup === null ? [] : [`What was there before lies in ${backup}/`]),
    ...(turn === null ? [] : [`One commit, taken back by: mcos undo ${turn}`]),
    ...(local.length === 0 ? [] : presentLocal(local, restore)),
    '',
  ].join('\n')
}

/** What no commit holds. */
function presentLocal(local: readonly string[], restore: string | null): string[] {
  const back = restore === null ? 'there was nothing to keep of it' : `back by hand: ${restore}`
  return [`Of this machine only, and so not taken back by undo (${back}):`, ...local.map((what) => `  ${what}`)]
}

function presentCheck({status, title, detail, means, findings}: HealthCheck): string[] {
  const lines = detail.split('\n')
  if (status === 'pass') return [`${MARK.pass}  ${title}: ${lines[0] ?? ''}`]
  return [
    `${MARK[status]}  ${title}`,
    ...some(lines, MOST_LINES).map((line) => `      ${line}`),
    `      ${means}`,
    ...some(fixesOf(findings), MOST_FIXES).map((fix) => `      → ${fix}`),
  ]
}

/** Whether a check could not look because of what another one tells. */
function isBlind({findings}: HealthCheck): boolean {
  return findings.length > 0 && findings.every(({detail}) => detail.startsWith('not looked at: '))
}

/** What keeps them from looking is told above, with its command: here they are only named. */
function presentBlind(blind: readonly HealthCheck[]): string[] {
  if (blind.length === 0) return []
  const why = blind[0]?.findings[0]?.detail.replace('not looked at: ', '') ?? ''
  const ids = blind.map(({id}) => id).join(', ')
  return [
    `${MARK.warn}  ${blind.length === 1 ? '1 check' : `${blind.length} checks`} did not look: ${why}`,
    `      ${ids}`,
  ]
}

function some(lines: readonly string[], most: number): string[] {
  const left = lines.length - most
  return left > 0 ? [...lines.slice(0, most), `and ${left} more: mcos doctor --json`] : [...lines]
}

/** Each command once; the files that are a person's to edit come in one. */
function fixesOf(findings: HealthCheck['findings']): string[] {
  const fixes = [...new Set(findings.map(({fix}) => fix))]
  const edited = fixes.filter(isEdit).slice(0, MOST_LINES)
  const together = `${EDIT}${edited.map((fix) => fix.slice(EDIT.length)).join(' ')}`
  return [...new Set(fixes.map((fix) => (isEdit(fix) ? together : fix)))]
}

const EDIT = `\${EDITOR:-vi} `

function isEdit(fix: string): boolean {
  return fix.startsWith(EDIT) && !/[;&|]/.test(fix)
}

function sumOf(checks: readonly HealthCheck[]): string {
  const parts = (['fail', 'warn'] as const).flatMap((status) => {
    const number = checks.filter((check) => check.status === status).length
    return number === 0 ? [] : [`${number} ${status}`]
  })
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`
}
