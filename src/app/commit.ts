import path from 'node:path'
import {commitPaths, type EditedFile, editedFiles} from '../history/commit-paths.js'
import {personIdentity} from '../history/person.js'
import {EXIT, UserError} from '../kit/errors.js'
import {newTurnId} from '../kit/ids.js'
import {shellWord} from '../kit/shell-word.js'
import {cleanLine} from '../kit/text.js'
import {readHeartbeat} from '../schedule/read-heartbeat.js'
import type {Fleet} from '../workspace/fleet.js'
import {parseGuardrail} from '../workspace/guardrail-file.js'
import {editCommand} from '../workspace/health.js'
import {CONFIG_FILE, type Home} from '../workspace/home.js'
import {sameName} from '../workspace/names.js'
import {parseConfig} from '../workspace/parse-config.js'
import {parseSoul} from '../workspace/parse-soul.js'
import {problemsOf} from './guard-test.js'
import {faultsOfRules, isMailRules} from './mail-rules.js'
import {insistOnNoSecrets, scanForCommit, scanQuickly} from './secrets/gate.js'
import {personHere} from './speaker.js'

export interface CommitRequest {
  /** Relative to `cwd`; none: every edit of the home. */
  readonly paths: readonly string[]
  readonly message: string | null
  readonly cwd: string
  /** Whether lines that look like secrets may be committed all the same. */
  readonly allowsSecrets: boolean
}

/** What a person's commit took along. */
export interface CommittedEdits {
  readonly turn: string | null
  readonly commit: string | null
  readonly files: readonly {readonly path: string; readonly change: EditedFile['change']}[]
}

/** Commits a person's own edits: only what can be read as what it is, and nothing that looks like a secret. */
export async function commitEdits(
  fleet: Fleet,
  {paths, message, cwd, allowsSecrets}: CommitRequest,
): Promise<CommittedEdits> {
  const {home, clock, env} = fleet
  const turn = newTurnId(clock)
  const author = personIdentity(home.dir, env)
  const wanted = paths.map((typed) => pathFromHome(home.dir, cwd, typed))
  if (!allowsSecrets) await insistOnCleanEdits(fleet, wanted)
  const result = commitPaths(home.dir, wanted, message?.trim() || 'Edit the fleet by hand', {
    clock,
    author,
    filters: home.config.git.filters,
    trailers: [
      ['Mcos-Turn', turn],
      ['Mcos-Trigger', 'person'],
      ['Mcos-By', personHere(home)],
    ],
    check: (files) => {
      insistOnSound(home, files)
      // Once more, as they are now that nobody else commits: somebody may have written in between.
      if (!allowsSecrets) insistOnNoSecrets(scanQuickly(fleet, files))
    },
  })
  const files = result.files.map(({path: file, change}) => ({path: file, change}))
  return {turn: result.commit === null ? null : turn, commit: result.commit, files}
}

function pathFromHome(home: string, cwd: string, typed: string): string {
  const rel = path.relative(home, path.resolve(cwd, typed)).split(path.sep).join('/')
  if (rel !== '..' && !rel.startsWith('../') && !path.isAbsolute(rel)) return rel === '' ? '.' : rel
  throw new UserError(`${typed} lies outside the fleet home ${home}.`, {
    code: 'PATH_ESCAPE',
    fix: 'git commit, in the repository it belongs to',
    exit: EXIT.usage,
  })
}

/** The thorough search waits for its rules, which nobody should who holds the lock. */
async function insistOnCleanEdits(fleet: Fleet, paths: readonly string[]): Promise<void> {
  const edited = editedFiles(fleet.home.dir, paths)
  insistOnSound(fleet.home, edited)
  insistOnNoSecrets(await scanForCommit(fleet, edited))
}

/** Refuses what code will act on and can not read, and guardrails that fail their own examples. */
export function insistOnSound(home: Home, files: readonly Pick<EditedFile, 'path' | 'content'>[]): void {
  for (const {path: file, content} of files) {
    if (content === null) continue
    insistOnReadable(file, content)
    const text = content.toString('utf8')
    if (isMailRules(home, file)) insistOnRules(home, {file, text})
    if (sameName(file, CONFIG_FILE)) insistOnRules(home, {file, text, rules: parseConfig(text, file).mail.rules})
  }
}

/** What code will act on has to be readable before it counts; names are compared as any file system might. */
function insistOnReadable(file: string, content: Buffer): void {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const text = content.toString('utf8')
  if (sameName(file, CONFIG_FILE)) parseConfig(text, file)
  if (sameName(name, 'SOUL.md')) parseSoul(text, file)
  if (sameName(name, 'HEARTBEAT.md')) readHeartbeat(content, file)
  if (/^guardrails\/(?!readme\.md$)[^/]+\.md$/i.test(file)) insistOnTested(file, text)
}

/** A line that was meant as a rule and is none would be counted on, and mail would go its way without it. */
function insistOnRules(home: Home, source: Parameters<typeof faultsOfRules>[1]): void {
  const {file} = source
  const {unreadable} = faultsOfRules(home, source)
  if (unreadable.length === 0) return
  const told = unreadable.map(({line, message}) => `  ${file}:${line}: ${cleanLine(message)}`)
  throw new UserError(['Nothing was committed: a rule for mail can not be read.', ...told].join('\n'), {
    code: 'UNREADABLE',
    fix: editCommand(file),
    exit: EXIT.usage,
  })
}

/** A rule that doesn't do what its own examples say would be counted on, and not hold. */
function insistOnTested(file: string, text: string): void {
  const {rule} = parseGuardrail(text, file)
  const problems = rule ? problemsOf(rule) : []
  if (problems.length === 0) return
  throw new UserError(
    ['Nothing was committed: a guardrail fails its examples.', ...problems.map((line) => `  ${line}`)].join('\n'),
    {
      code: 'GUARDRAIL_FAILS',
      fix: [`mcos guard test ${shellWord(file)}`, editCommand(file)],
      exit: EXIT.refused,
    },
  )
}
