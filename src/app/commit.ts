import path from 'node:path'
import {findSecrets} from '../fleet/adopt/secrets.js'
import {commitPaths, type EditedFile} from '../history/commit-paths.js'
import {personIdentity} from '../history/person.js'
import {decodeText} from '../kit/decode.js'
import {EXIT, UserError} from '../kit/errors.js'
import {newTurnId} from '../kit/ids.js'
import {readHeartbeat} from '../schedule/read-heartbeat.js'
import type {Fleet} from '../workspace/fleet.js'
import {parseGuardrail} from '../workspace/guardrail-file.js'
import {CONFIG_FILE} from '../workspace/home.js'
import {sameName} from '../workspace/names.js'
import {parseConfig} from '../workspace/parse-config.js'
import {parseSoul} from '../workspace/parse-soul.js'
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
export function commitEdits(fleet: Fleet, {paths, message, cwd, allowsSecrets}: CommitRequest): CommittedEdits {
  const {home, clock, env} = fleet
  const turn = newTurnId(clock)
  const author = personIdentity(home.dir, env)
  const wanted = paths.map((typed) => pathFromHome(home.dir, cwd, typed))
  const result = commitPaths(home.dir, wanted, message ?? 'Edit the fleet by hand', {
    clock,
    author,
    filters: home.config.git.filters,
    trailers: [
      ['Mcos-Turn', turn],
      ['Mcos-Trigger', 'person'],
      ['Mcos-By', personHere(home)],
    ],
    check: (files) => insistOnSound(files, {allowsSecrets}),
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

function insistOnSound(files: readonly EditedFile[], {allowsSecrets}: {allowsSecrets: boolean}): void {
  for (const {path: file, content} of files) if (content !== null) insistOnReadable(file, content)
  const leaks = allowsSecrets ? [] : files.flatMap(({path: file, content}) => secretsIn(file, content))
  if (leaks.length === 0) return
  throw new UserError(
    ['Nothing was committed: these lines look like secrets.', ...leaks.map((leak) => `  ${leak}`)].join('\n'),
    {
      code: 'SECRET_FOUND',
      fix: [
        'Put the value where only its reader finds it, and write env:NAME or file:PATH in its place.',
        'mcos commit PATH, for the other files alone',
        'mcos commit --allow-secrets, if they are none',
      ],
      exit: EXIT.refused,
    },
  )
}

/** What code will act on has to be readable before it counts; names are compared as any file system might. */
function insistOnReadable(file: string, content: Buffer): void {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const text = content.toString('utf8')
  if (sameName(file, CONFIG_FILE)) parseConfig(text, file)
  if (sameName(name, 'SOUL.md')) parseSoul(text, file)
  if (sameName(name, 'HEARTBEAT.md')) readHeartbeat(content, file)
  if (/^guardrails\/(?!readme\.md$)[^/]+\.md$/i.test(file)) parseGuardrail(text, file)
}

function secretsIn(file: string, content: Buffer | null): string[] {
  if (content === null) return []
  return findSecrets(decodeText(content).text, file).map(({line, kind}) => `${file}:${line}: ${kind}`)
}
