import {spawnSync} from 'node:child_process'
import {mkdirSync, readdirSync, rmSync, statfsSync, unlinkSync, writeFileSync} from 'node:fs'
import {systemClock} from '../src/kit/clock.js'
import {isUserError} from '../src/kit/errors.js'
import {type Folder, openFolder} from '../src/kit/folder.js'
import {tryLock} from '../src/kit/lock.js'
import {type Dice, dice} from './dice.js'
import {VERBS} from './full-verbs.js'
import {readTask, say} from './in-worker.js'

/** `disk` is a small disk of its own (mounted here, for this process alone), or a folder whose syncs are made to fail. */
const {dir, rounds, seed, disk} = readTask<{dir: string; rounds: number; seed: number; disk: 'tmpfs' | 'broken'}>()
const chance = dice(seed)

if (disk === 'broken') breakSyncs()
else if (mount('tmpfs', ['-t', 'tmpfs', '-o', 'size=256k,nr_inodes=64', 'tmpfs', dir])) {
  const home = prepare(dir)
  for (let round = 0; round < rounds; round++) fillAndTry(home, chance)
  if (mount('read-only', ['-o', 'remount,ro', dir])) tryAll(home, 'READ_ONLY')
}
say('done')

function mount(what: string, args: readonly string[]): boolean {
  const {status, stderr, error} = spawnSync('mount', args, {encoding: 'utf8'})
  if (status !== 0) say(`skipped ${what}: ${error?.message ?? stderr.trim()}`)
  return status === 0
}

function prepare(root: string): Folder {
  for (const folder of ['home', 'mcos', 'ballast']) mkdirSync(`${root}/${folder}`, {recursive: true})
  const home = openFolder(`${root}/home`)
  home.write('old', 'old bytes\n')
  home.write('log', 'first line\n')
  return home
}

/** Leaves room by chance, tries one change, and looks whether it is whole or nothing. */
function fillAndTry(home: Folder, chance: Dice): void {
  const mcos = openFolder(`${dir}/mcos`)
  const isOutOfNames = chance.below(4) === 0
  const lock = chance.below(2) === 0 ? tryLock(mcos, 'one', {clock: systemClock}) : null
  const held = lock && 'lock' in lock ? lock.lock : null
  if (isOutOfNames) fillUpNames(chance.below(4))
  else fillUpRoom(chance.below(6))
  const verb = chance.pick(VERBS)
  tryVerb(verb, home, {size: chance.below(16_000), staging: held?.staging, expected: 'DISK_FULL'})
  tryVerb(VERBS[0], home, {size: 20, staging: undefined, expected: 'DISK_FULL'})
  tryTaking(mcos)
  held?.release()
  empty()
  home.write('old', 'old bytes\n')
  home.write('log', 'first line\n')
  for (const {name} of home.list('.'))
    if (name !== 'old' && name !== 'log') rmSync(`${home.dir}/${name}`, {recursive: true})
}

/** Taking a lock on a full disk either works or says why, and never leaves half of one. */
function tryTaking(mcos: Folder): void {
  const result = outcome(() => {
    const answer = tryLock(mcos, 'two', {clock: systemClock})
    if ('lock' in answer) answer.lock.release()
  })
  say(`${result === 'done' ? 'did' : 'refused'} lock ${result}`)
  if (result !== 'done' && result !== 'DISK_FULL') say(`wrong lock: ${result}`)
  const left = readdirSync(`${mcos.dir}/locks`).filter((name) => name === 'two.lock')
  if (left.length > 0) say('wrong lock: half a lock stays')
}

interface Attempt {
  readonly size: number
  readonly staging: {dir: string} | undefined
  readonly expected: string
}

function tryVerb(verb: (typeof VERBS)[number] | undefined, home: Folder, {size, staging, expected}: Attempt): void {
  if (!verb) return
  const content = `${'x'.repeat(size)}\n`
  const before = verb.look(home)
  const result = outcome(() => verb.act(home, content, staging))
  const after = verb.look(home)
  say(`${result === 'done' ? 'did' : 'refused'} ${verb.name} ${result}`)
  if (result !== 'done' && result !== expected) say(`wrong ${verb.name}: ${result} instead of ${expected}`)
  if (result === 'done' && !verb.isDone(after, before, content))
    say(`wrong ${verb.name}: success, but ${after.slice(0, 60)}`)
  if (result !== 'done' && after !== before)
    say(`wrong ${verb.name}: refused, but ${before.slice(0, 60)} -> ${after.slice(0, 60)}`)
  const temps = readdirSync(home.dir, {recursive: true, encoding: 'utf8'}).filter((name) => name.includes('.mcos-tmp-'))
  if (temps.length > 0) say(`wrong ${verb.name}: ${temps.length} half files left (${result})`)
}

function tryAll(home: Folder, expected: string): void {
  for (const verb of VERBS) tryVerb(verb, home, {size: 10, staging: undefined, expected})
}

/** The program that runs this one makes every other fsync fail; nothing may be called done that wasn't synced. */
function breakSyncs(): void {
  for (const folder of ['home', 'mcos']) mkdirSync(`${dir}/${folder}`, {recursive: true})
  writeFileSync(`${dir}/home/old`, 'old bytes\n')
  writeFileSync(`${dir}/home/log`, 'first line\n')
  const home = openFolder(`${dir}/home`)
  for (let round = 0; round < rounds; round++) {
    const result = outcome(() => home.write('old', `round ${round}\n`))
    say(`${result === 'done' ? 'did' : 'refused'} write ${result}`)
    if (result !== 'done' && result !== 'IO_ERROR') say(`wrong write: ${result}`)
    if (!/^(old bytes|round \d+)\n$/.test(home.readText('old') ?? '')) say('wrong write: torn')
    if (readdirSync(home.dir).some((name) => name.startsWith('.mcos-tmp-'))) say('wrong write: a half file left')
  }
}

function fillUpRoom(pagesLeft: number): void {
  const {bavail, bsize} = statfsSync(dir)
  const size = Math.max(bavail - pagesLeft, 0) * bsize
  if (size > 0) writeFileSync(`${dir}/ballast/room`, Buffer.alloc(size))
}

function fillUpNames(namesLeft: number): void {
  const {ffree} = statfsSync(dir)
  for (let name = 0; name < ffree - namesLeft; name++) writeFileSync(`${dir}/ballast/${name}`, '')
}

function empty(): void {
  for (const name of readdirSync(`${dir}/ballast`)) unlinkSync(`${dir}/ballast/${name}`)
}

function outcome(act: () => unknown): string {
  try {
    act()
    return 'done'
  } catch (error) {
    return isUserError(error) ? error.code : String(error)
  }
}
