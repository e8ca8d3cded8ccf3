import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

/** Every call that changes what is on a disk; a process is killed right before it makes one of them. */
const CALLS = [
  ...['write', 'pwrite64', 'writev', 'fsync', 'fdatasync', 'ftruncate', 'utimensat'],
  ...['rename', 'renameat', 'renameat2', 'link', 'linkat', 'unlink', 'unlinkat', 'mkdir', 'mkdirat', 'rmdir'],
]

/** With a question mark strace overlooks what this kind of machine doesn't have. */
const KNOWN = CALLS.map((call) => `?${call}`)

/**
 * Where a kill falls. `rename.3`: mcos dies before its third rename. `git 2 rename.3`: the second git it starts dies
 * before its third, and mcos lives to see it. `all 2 rename.3`: mcos dies with it. strace counts each kind by itself.
 */
export interface KillPoint {
  readonly who: 'mcos' | 'git' | 'all'
  /** Which of the command's gits; 0 where it is mcos itself. */
  readonly process: number
  readonly call: string
  readonly count: number
}

export function formatKillPoint({who, process: number, call, count}: KillPoint): string {
  return `${who === 'mcos' ? '' : `${who} ${number} `}${call}.${count}`
}

/** Reads what `formatKillPoint` wrote; null for anything else. */
export function parseKillPoint(text: string): KillPoint | null {
  const [, who, number, call = '', count] = /^(?:(git|all) (\d+) )?([a-z0-9]+)\.(\d+)$/.exec(text) ?? []
  if (!CALLS.includes(call)) return null
  return {who: who === 'git' || who === 'all' ? who : 'mcos', process: Number(number ?? 0), call, count: Number(count)}
}

/** The calls that strace wrote down, each with its number among its kind, in the order in which they came. */
export function callsIn(log: string): Pick<KillPoint, 'call' | 'count'>[] {
  const counts = new Map<string, number>()
  return log.split('\n').flatMap((line) => {
    const [, thread = '', call] = /^(?:(\d+) +)?([a-z]\w*)\(/.exec(line) ?? []
    if (!call) return []
    const count = (counts.get(`${thread} ${call}`) ?? 0) + 1
    counts.set(`${thread} ${call}`, count)
    return [{call, count}]
  })
}

/** What has to stand before a command so that it is killed there, and the PATH it needs. */
export interface Trap {
  readonly through: readonly string[]
  readonly path: string
}

/** Sets the trap; for a git it is a program of that name which stands first in PATH. */
export function setTrap(dir: string, point: KillPoint): Trap {
  const {who, process: number, call, count} = point
  const path = process.env['PATH'] ?? '/usr/bin:/bin'
  const kill = ['-o', '/dev/null', '-e', `trace=${call}`, '-e', `inject=${call}:signal=SIGKILL:when=${count}`]
  if (who === 'mcos') return {through: ['strace', '-qq', ...kill], path}
  const bin = join(dir, 'trap')
  writeGit(bin, [
    countUp(bin),
    `[ $count = ${number} ] || exec git "$@"`,
    // strace ends as its git did, by the same signal.
    `${who === 'git' ? 'exec ' : ''}strace -f -qq ${kill.join(' ')} git "$@"`,
    // mcos waits for this shell, so it dies before it can see how its git ended.
    ...(who === 'all' ? ['code=$?', '[ $code -lt 128 ] || kill -9 $PPID', 'exit $code'] : []),
  ])
  return {through: [], path: `${bin}:${path}`}
}

/** Writes down the calls of mcos itself instead of killing: the file's lines are for `callsIn`. */
export function recordOwn(log: string): readonly string[] {
  return ['strace', '-qq', '-o', log, '-e', `trace=${KNOWN.join(',')}`]
}

/** Writes down the calls of each git it starts, a file `git.N` for each in the folder `trap`. */
export function recordGits(dir: string): Trap {
  const bin = join(dir, 'trap')
  const trace = `strace -f -qq -o ${bin}/git.$count -e 'trace=${KNOWN.join(',')}'`
  writeGit(bin, [countUp(bin), `exec ${trace} git "$@"`])
  return {through: [], path: `${bin}:${process.env['PATH'] ?? '/usr/bin:/bin'}`}
}

function countUp(bin: string): string {
  return `count=$(cat ${bin}/count 2>/dev/null || echo 0); count=$((count + 1)); echo $count > ${bin}/count`
}

function writeGit(bin: string, lines: readonly string[]): void {
  mkdirSync(bin, {recursive: true})
  const head = ['#!/bin/sh', `PATH='${process.env['PATH'] ?? '/usr/bin:/bin'}'`]
  writeFileSync(join(bin, 'git'), `${[...head, ...lines].join('\n')}\n`)
  chmodSync(join(bin, 'git'), 0o755)
}
