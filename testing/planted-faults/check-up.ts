import {readFileSync} from 'node:fs'
import {applyRepairs} from '../../src/app/doctor/apply-repairs.js'
import {type DoctorReport, examine, planRepairs} from '../../src/app/doctor.js'
import {undo} from '../../src/app/history.js'
import {openAnyway} from '../../src/app/open-anyway.js'
import type {HealthCheck} from '../../src/workspace/health.js'
import type {Fault, Hand} from './planting.js'

/** The doctor, as the person of that machine calls it: programs are found by their PATH. */
export async function examineAs({home, env}: Hand): Promise<DoctorReport> {
  return inPath(env, async () => examine(await openAnyway({cwd: home, env})))
}

/** What `--fix --yes` does. */
export async function mendAs({home, env}: Hand, report: DoctorReport): Promise<string | null> {
  return inPath(env, async () => {
    const {fleet} = await openAnyway({cwd: home, env})
    return applyRepairs(fleet, await planRepairs(fleet, report)).turn
  })
}

/** `mcos undo TURN` */
export async function undoAs({home, env}: Hand, turn: string): Promise<void> {
  await inPath(env, async () => {
    const {fleet} = await openAnyway({cwd: home, env})
    undo(fleet, {turns: [turn], dryRun: false})
  })
}

async function inPath<T>(env: Readonly<Record<string, string>>, act: () => Promise<T>): Promise<T> {
  const before = process.env['PATH']
  process.env['PATH'] = env['PATH']
  try {
    return await act()
  } finally {
    process.env['PATH'] = before
  }
}

/** Checks that tell something else than they did before. */
export function newsIn(report: DoctorReport, before: DoctorReport): HealthCheck[] {
  const known = new Map(before.checks.map(({id, status, detail}) => [id, `${status}\0${detail}`]))
  return report.checks.filter(({id, status, detail}) => status !== 'pass' && known.get(id) !== `${status}\0${detail}`)
}

/** Whether one check alone says what has happened. */
export function names({title, detail}: HealthCheck, {about}: Fault): boolean {
  const told = `${title}\n${detail}`
  return about.every((word) => (typeof word === 'string' ? told.includes(word) : word.test(told)))
}

const manifest = JSON.parse(readFileSync(new URL('../../oclif.manifest.json', import.meta.url), 'utf8')) as {
  readonly commands: Readonly<Record<string, unknown>>
}
const PROGRAMS =
  /^(?:git|chmod|chown|rm|mv|ls|df|cat|wc|echo|cd|diff|crontab|systemctl|loginctl|launchctl|timedatectl|date|sudo|\$\{EDITOR:-vi\}|\(crontab) /

/** Whether a fix is a command that a person can type: a program that every machine has, or one of mcos's own. */
export function isCommand(fix: string | null): boolean {
  const words = fix?.split(' ') ?? []
  if (words[0] !== 'mcos') return PROGRAMS.test(`${fix} `)
  return [2, 1].some((count) => Object.hasOwn(manifest.commands, words.slice(1, 1 + count).join(':')))
}
