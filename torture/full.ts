import {spawnSync} from 'node:child_process'
import {join} from 'node:path'
import {withScene} from './scene.js'
import {type Torture, type TortureReport, Wrongs} from './torture.js'
import {bundleWorker, startWorker} from './worker.js'

/** Disks that are full, read-only or broken: what is refused changed nothing, and what is called done is done. */
export const torture: Torture = {
  what: 'changes on disks that are full, read-only or broken',
  shortRounds: 300,
  longRounds: 5_000,
  run: ({rounds, seed}) => withScene(['disk', 'broken'], (dir) => breakDisks(dir, {rounds, seed})),
}

async function breakDisks(dir: string, {rounds, seed}: {rounds: number; seed: number}): Promise<TortureReport> {
  const file = await bundleWorker('full', dir)
  const lines = [
    ...(await runThrough(ownMounts(), file, {dir: join(dir, 'disk'), rounds, seed, disk: 'tmpfs'})),
    ...(await runThrough(brokenSyncs(), file, {dir: join(dir, 'broken'), rounds: 60, seed, disk: 'broken'})),
  ]
  const wrongs = new Wrongs()
  for (const line of lines) if (line.startsWith('wrong') || line.startsWith('died')) wrongs.add(line)
  const skipped = lines.filter((line) => line.startsWith('skipped')).map((line) => line.slice('skipped '.length))
  const counts = tally(lines)
  return {
    counts,
    wrong: wrongs.count,
    examples: wrongs.examples,
    ...(skipped.length > 0 && {skipped: skipped.join('; ')}),
  }
}

/** A mount namespace of its own, so that the small disk goes with the process that uses it. */
function ownMounts(): Through {
  const isRoot = process.getuid?.() === 0
  const through = isRoot ? ['unshare', '-m'] : ['unshare', '-Urm']
  return {what: 'small disk', through, isThere: works([...through, 'true'])}
}

function brokenSyncs(): Through {
  // Every third fsync, as one write makes two: now the file's fails, now the folder's.
  const through = [
    'strace',
    '-f',
    '-qq',
    '-o',
    '/dev/null',
    '-e',
    'trace=fsync',
    '-e',
    'inject=fsync:error=EIO:when=3+3',
  ]
  return {what: 'I/O errors', through, isThere: works(['strace', '-V'])}
}

interface Through {
  readonly what: string
  readonly through: readonly string[]
  readonly isThere: boolean
}

async function runThrough({what, through, isThere}: Through, file: string, task: object): Promise<readonly string[]> {
  if (!isThere) return [`skipped ${what}: "${through.slice(0, 2).join(' ')}" does not work here`]
  const worker = startWorker(file, task, through)
  await worker.ended
  return worker.lines.at(-1) === 'done' ? worker.lines : [...worker.lines, `died: ${what}`]
}

function works([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args, {stdio: 'ignore'}).status === 0
}

/** "refused write DISK_FULL" and its like, each kind with its number. */
function tally(lines: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const line of lines) {
    if (!/^(did|refused) /.test(line)) continue
    counts[line] = (counts[line] ?? 0) + 1
  }
  return Object.fromEntries(Object.entries(counts).sort())
}
