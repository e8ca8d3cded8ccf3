import {spawnSync} from 'node:child_process'
import {mkdirSync, symlinkSync} from 'node:fs'
import {createServer} from 'node:net'
import {isUserError} from '../src/kit/errors.js'
import type {Folder} from '../src/kit/folder.js'
import type {Wrongs} from './torture.js'

const LEADING_OUT = [
  '',
  '.',
  '..',
  '/',
  '/etc/passwd',
  '../outside/secret',
  'a/../../outside/secret',
  'a/..',
  './a',
  'a//b',
  'a/',
  'a\0',
  '\0',
  '\ud800',
  '//etc/passwd',
  'link/secret',
  'deep/link/secret',
  'end',
]
const GIT = [
  '.git/config',
  '.GIT/config',
  '.Git/hooks/post-commit',
  'a/.git/config',
  '.git',
  '.git./config',
  '.git /config',
  'git~1/config',
  'GIT~1/config',
  '.g\u200cit/config',
  '\ufeff.git/config',
  '.git::$INDEX_ALLOCATION/config',
  'a\nb',
  'a\u001bb',
]
const SPECIAL = ['fifo', 'socket', 'folder']

/** Every hostile path through every verb; counts the refusals and tells what wasn't refused. */
export async function tryHostilePaths(home: Folder, outside: string, wrongs: Wrongs): Promise<number> {
  const server = prepare(home, outside)
  try {
    const {write, read} = verbs(home)
    const calls = [
      ...LEADING_OUT.flatMap((rel) => [...write, ...read].map((verb) => [rel, verb] as const)),
      ...[...GIT].flatMap((rel) => write.map((verb) => [rel, verb] as const)),
      ...SPECIAL.flatMap((rel) =>
        [
          (path: string) => home.read(path),
          (path: string) => home.write(path, 'x'),
          (path: string) => home.append(path, 'x'),
        ].map((verb) => [rel, verb] as const),
      ),
    ]
    for (const [rel, verb] of calls) {
      wrongs.insist(
        isRefused(() => verb(rel)),
        `${JSON.stringify(rel)} was not refused: ${verb}`,
      )
    }
    return calls.length
  } finally {
    server.close()
  }
}

function prepare(home: Folder, outside: string): ReturnType<typeof createServer> {
  home.makeFolder('folder')
  home.makeFolder('deep')
  symlinkSync(outside, `${home.dir}/link`)
  symlinkSync(outside, `${home.dir}/deep/link`)
  symlinkSync(`${outside}/secret`, `${home.dir}/end`)
  mkdirSync(`${home.dir}/.git`, {recursive: true})
  spawnSync('mkfifo', [`${home.dir}/fifo`])
  return createServer().listen(`${home.dir}/socket`)
}

type Verb = (rel: string) => unknown

function verbs(home: Folder): {write: readonly Verb[]; read: readonly Verb[]} {
  return {
    write: [
      (rel) => home.write(rel, 'x'),
      (rel) => home.write(rel, 'x', {expect: null}),
      (rel) => home.append(rel, 'x'),
      (rel) => home.move('folder', rel),
      (rel) => home.makeFolder(rel),
    ],
    read: [(rel) => home.read(rel)],
  }
}

function isRefused(act: () => unknown): boolean {
  try {
    act()
    return false
  } catch (error) {
    return isUserError(error)
  }
}
