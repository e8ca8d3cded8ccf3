import {execFileSync} from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {dirname, join} from 'node:path'

/** A fleet and its person's machine, as somebody who breaks things finds them. */
export interface Plot {
  /** The fleet's home. */
  readonly home: string
  /** The person's HOME, with `bin/`, `crontab` and `.config/`. */
  readonly user: string
  /** The environment in which the doctor is called; a fault may change it. */
  readonly env: Record<string, string>
}

/** One thing that people break. */
export interface Fault {
  /** What has happened, in a sentence. */
  readonly name: string
  /** Breaks it, by real files, modes and git. */
  plant(hand: Hand): void
  /** What a fair diagnosis has to contain, each of them. */
  readonly about: readonly (string | RegExp)[]
}

/** What a person's hand can do to a fleet. */
export interface Hand extends Plot {
  read(path: string): string
  list(path: string): string[]
  write(path: string, text: string | Uint8Array, mode?: number): void
  append(path: string, text: string): void
  /** Where the words stand last, past what a template says in comments; fails where they aren't there at all. */
  edit(path: string, from: string, to: string): void
  remove(path: string): void
  chmod(path: string, mode: number): void
  link(path: string, target: string): void
  /** Makes a file look as old as so many days. */
  age(path: string, days: number): void
  git(...args: string[]): string
  /** Everything that lies there is committed, past all hooks. */
  commit(): void
  crontab(text: string): void
  /** A program that stands first in PATH. */
  program(name: string, script: string): void
}

const DAY_S = 86_400

/** A hand in that fleet; paths are taken from its home. */
export function handIn(plot: Plot): Hand {
  const at = (path: string): string => join(plot.home, path)
  const read = (path: string): string => readFileSync(at(path), 'utf8')
  const write: Hand['write'] = (path, text, mode) => {
    mkdirSync(dirname(at(path)), {recursive: true})
    writeFileSync(at(path), text)
    if (mode !== undefined) chmodSync(at(path), mode)
  }
  const git: Hand['git'] = (...args) =>
    execFileSync('git', args, {cwd: plot.home, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']})
  return {
    ...plot,
    read,
    list: (path) => readdirSync(at(path)).sort(),
    write,
    append: (path, text) => appendFileSync(at(path), text),
    edit: (path, from, to) => {
      const text = read(path)
      if (!text.includes(from)) throw new Error(`${path} has no ${JSON.stringify(from)}`)
      const at = text.lastIndexOf(from)
      write(path, text.slice(0, at) + to + text.slice(at + from.length))
    },
    remove: (path) => rmSync(at(path), {recursive: true}),
    chmod: (path, mode) => chmodSync(at(path), mode),
    link: (path, target) => symlinkSync(target, at(path)),
    age: (path, days) => {
      const then = Date.now() / 1000 - days * DAY_S
      utimesSync(at(path), then, then)
    },
    git,
    commit: () => {
      git('add', '-A')
      git('commit', '-qnm', 'By hand')
    },
    crontab: (text) => writeFileSync(join(plot.user, 'crontab'), text),
    program: (name, script) => {
      writeFileSync(join(plot.user, 'bin', name), `#!/bin/sh\n${script}\n`)
      chmodSync(join(plot.user, 'bin', name), 0o755)
    },
  }
}
