import {readFileSync} from 'node:fs'
import path from 'node:path'
import {failedExamples} from '../guard/guardrail-examples.js'
import {isRulePath, readCommittedLaw} from '../heartbeat/committed-law.js'
import {examineRules, type LostRule} from '../heartbeat/read-law.js'
import {isInRepository} from '../history/repository.js'
import {EXIT, isUserError, UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {errnoOf} from '../kit/storage-error.js'
import type {Fleet} from '../workspace/fleet.js'
import {type GuardrailRule, parseGuardrail} from '../workspace/guardrail-file.js'

/** What the rules' own examples say of them; the keys are a promise to programs. */
export interface GuardTestReport {
  readonly ok: boolean
  readonly files: readonly TestedGuardrail[]
  readonly examples: number
  readonly failed: number
}

export interface TestedGuardrail {
  readonly file: string
  /** lost: it was committed as a rule, and is none any more or gone. */
  readonly kind: 'rule' | 'advice' | 'unreadable' | 'lost'
  readonly id: string | null
  readonly examples: number
  /** Lines a person reads, each with its place. */
  readonly problems: readonly string[]
}

/** A file of guardrails/ as it was read, or why it couldn't be. */
export interface RuleOnDisk {
  readonly file: string
  readonly text: string
  readonly rule: GuardrailRule | null
  readonly error: UserError | null
  /** Why it means no for everybody, as beats and hooks see it; null: it doesn't. */
  readonly lost: LostRule | null
}

/** Every file of a home's guardrails/, without what lies beside them to explain them. */
export function readRuleFiles(files: Folder): RuleOnDisk[] {
  const names = files.list('guardrails').map(({name}) => `guardrails/${name}`)
  return names.filter(isRulePath).map((file) => readRule(file, () => files.readText(file) ?? ''))
}

/** The same of a whole fleet, with what was committed and is lost. */
export async function readFleetRules(fleet: Fleet): Promise<RuleOnDisk[]> {
  const {files, dir} = fleet.home
  const all = readRuleFiles(files)
  if (!isInRepository(dir)) return all
  const {lost} = await examineRules(fleet, readCommittedLaw(fleet, []))
  const gone = lost.filter((one) => !all.some(({file}) => file === one.file))
  return [
    ...all.map((one) => ({...one, lost: lost.find(({file}) => file === one.file) ?? null})),
    ...gone.map((one) => ({file: one.file, text: '', rule: null, error: null, lost: one})),
  ]
}

/** The files a person named, from where they stand. */
export function readNamedRules(typed: readonly string[], cwd: string): RuleOnDisk[] {
  return typed.map((file) =>
    readRule(file, () => {
      try {
        return readFileSync(path.resolve(cwd, file), 'utf8')
      } catch (cause) {
        const reason = errnoOf(cause) === 'ENOENT' ? 'is not there' : "can't be read"
        const fix = ['mcos guard list', `ls ${path.dirname(path.resolve(cwd, file))}`]
        throw new UserError(`${file} ${reason}.`, {code: 'NO_FILE', fix, exit: EXIT.usage, cause})
      }
    }),
  )
}

/** Runs every rule's examples; a rule without one that it must hold back is untested, and that fails too. */
export function testGuardrails(files: readonly RuleOnDisk[]): GuardTestReport {
  const tested = files.map((file) => testOne(file, files))
  const problems = tested.flatMap((one) => one.problems)
  const examples = tested.reduce((sum, one) => sum + one.examples, 0)
  return {ok: problems.length === 0, files: tested, examples, failed: problems.length}
}

/** What is wrong with a rule by its own examples; empty: they all come out as they say. */
export function problemsOf(rule: GuardrailRule): string[] {
  const wrong = failedExamples(rule).map(({expected, example: {verb, target, line, agent}}) => {
    const did = expected === 'deny' ? 'lets pass what it must hold back' : 'holds back what it must let pass'
    return `${rule.file}:${line}: ${did}: ${verb} ${target}${agent === null ? '' : ` by ${agent}`}`
  })
  const untested = `${rule.file}:${rule.line}: no example under examples.deny shows what it holds back`
  return rule.examples.deny.length === 0 ? [...wrong, untested] : wrong
}

function readRule(file: string, read: () => string): RuleOnDisk {
  const text = read()
  try {
    return {file, text, rule: parseGuardrail(text, file).rule, error: null, lost: null}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {file, text, rule: null, error, lost: null}
  }
}

function testOne({file, rule, error, lost}: RuleOnDisk, all: readonly RuleOnDisk[]): TestedGuardrail {
  const without = {file, id: null, examples: 0}
  if (error) return {...without, kind: 'unreadable', problems: [error.message]}
  if (lost) return {...without, kind: 'lost', problems: [`${lost.why}, so everything is denied: ${lost.fix}`]}
  if (!rule) return {...without, kind: 'advice', problems: []}
  const {id, examples} = rule
  const twin = all.find((other) => other.file !== file && other.rule?.id === id)
  const twice = twin ? [`${file}: its id ${id} is also that of ${twin.file}`] : []
  const count = examples.deny.length + examples.allow.length
  return {file, kind: 'rule', id, examples: count, problems: [...problemsOf(rule), ...twice]}
}
