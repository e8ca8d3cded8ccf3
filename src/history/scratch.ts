import {execFileSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {fixedClock} from '../kit/clock.js'
import {newTurnId} from '../kit/ids.js'
import type {Change} from '../workspace/change.js'
import type {ChangeSet} from './change-set.js'

/** A fleet home in a real repository in a folder of its own: what this folder's tests work on. */
export interface Scratch {
  readonly home: string
  readonly root: string
  git(...args: string[]): string
  put(rel: string, content: string, mode?: number): void
  text(rel: string): string
  has(rel: string): boolean
  /** The committed text of a path. */
  committed(rel: string, commit?: string): string
  remove(): void
}

const BEGINNING = '2026-11-21T08:30:00Z'
/** Each scratch begins at the same moment, whoever moved the clock before in the same process. */
export const clock = fixedClock(BEGINNING)

export function makeScratch({prefix = '', init = ['-b', 'main'], commit = true} = {}): Scratch {
  clock.set(BEGINNING)
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'mcos-history-')))
  const home = path.join(root, prefix)
  const scratch: Scratch = {
    root,
    home,
    git: (...args) =>
      execFileSync('git', [...PERSON, ...args], {cwd: home, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe']}),
    put(rel, content, mode) {
      mkdirSync(path.dirname(path.join(home, rel)), {recursive: true})
      writeFileSync(path.join(home, rel), content)
      if (mode !== undefined) chmodSync(path.join(home, rel), mode)
    },
    text: (rel) => readFileSync(path.join(home, rel), 'utf8'),
    has: (rel) => existsSync(path.join(home, rel)),
    committed: (rel, at = 'HEAD') => scratch.git('show', `${at}:./${rel}`),
    remove: () => rmSync(root, {recursive: true, force: true}),
  }
  mkdirSync(home, {recursive: true})
  execFileSync('git', ['init', '-q', ...init, root])
  scratch.put('.gitignore', '.mcos/\n')
  scratch.put('mcos.yaml', 'version: 1\n')
  scratch.put(LOG, '# 2026-11-21\n')
  scratch.put(INBOX, 'hello\n')
  if (commit) {
    scratch.git('add', '-A')
    scratch.git('commit', '-qm', 'First')
  }
  return scratch
}

export const LOG = 'workspaces/donna/memory/2026-11-21.md'
export const INBOX = 'workspaces/donna/inbox/new/m1.md'
export const READ = 'workspaces/donna/inbox/cur/m1.md'

const PERSON = ['-c', 'user.name=Ada', '-c', 'user.email=ada@northwind.example']

export function changeSet(changes: readonly Change[], more: Partial<ChangeSet> = {}): ChangeSet {
  const id = more.id ?? newTurnId(clock)
  return {
    id,
    changes,
    commit: {
      subject: 'donna: worked',
      author: {name: 'donna', email: 'donna@northwind.mcos'},
      at: clock.now(),
      trailers: [['Mcos-Agent', 'donna']],
    },
    local: [],
    ...more,
  }
}

export function appendTo(rel: string, text: string): Change {
  return {kind: 'append', path: rel, text}
}
