import {execFileSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

/** A person's own repository, as a fleet may find it beside itself. */
export interface RepositoryScene {
  readonly dir: string
  git(...args: string[]): string
  write(path: string, text: string): void
  /** Everything that lies there, committed. */
  commit(message: string, at?: string): void
}

/** Makes one in a folder, with one commit. */
export function openRepository(dir: string): RepositoryScene {
  mkdirSync(dir, {recursive: true})
  const git = (...args: string[]): string => run(dir, args)
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(dir, path)), {recursive: true})
    writeFileSync(join(dir, path), text)
  }
  const commit = (message: string, at?: string): void => {
    git('add', '-A')
    run(dir, ['commit', '-q', '--allow-empty', '-m', message], at)
  }
  git('init', '-q', '-b', 'main')
  write('app.txt', 'one\n')
  commit('Begin')
  return {dir, git, write, commit}
}

function run(cwd: string, args: readonly string[], at?: string): string {
  return execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: cwd,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      ...(at === undefined ? {} : {GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at}),
    },
  })
}
