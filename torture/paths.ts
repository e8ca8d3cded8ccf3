import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {isUserError} from '../src/kit/errors.js'
import {type Folder, openFolder} from '../src/kit/folder.js'
import {bestWalk, lookingWalk, type Walk} from '../src/kit/open-path.js'
import {type Dice, dice} from './dice.js'
import {tryHostilePaths} from './paths-static.js'
import {withScene} from './scene.js'
import {type Torture, type TortureReport, Wrongs} from './torture.js'
import {bundleWorker, startWorker} from './worker.js'

/** One attacker each, so that none of them walks through a link that another has laid. */
const TREES = ['a', 'f']
const SECRET = 'the secret outside\n'

/** Writes while two processes swap folders and files for links to outside: not one may arrive there. */
export const torture: Torture = {
  what: 'raced changes below folders that are swapped for links',
  shortRounds: 5_000,
  longRounds: 100_000,
  run: attack,
}

async function attack({rounds, seed}: {rounds: number; seed: number}): Promise<TortureReport> {
  const wrongs = new Wrongs()
  const refused = await withScene(['home', 'outside'], async (dir) => {
    writeFileSync(join(dir, 'outside/secret'), SECRET)
    return tryHostilePaths(openFolder(join(dir, 'home')), join(dir, 'outside'), wrongs)
  })
  const raced = await race(bestWalk, {rounds, chance: dice(seed)})
  for (const example of raced.escapes) wrongs.add(example)
  // The same against looking before opening, which such races do beat: shows that the attack is one.
  const control = await race(lookingWalk, {rounds, chance: dice(seed)})
  const counts = {
    'hostile paths refused': refused,
    'raced changes': raced.tried,
    'of them refused for a link': raced.refused,
    escapes: raced.escapes.length,
    'escapes without handles': `${control.escapes.length} of ${control.tried}`,
  }
  return {counts, wrong: wrongs.count, examples: wrongs.examples}
}

interface Race {
  tried: number
  refused: number
  escapes: string[]
}

function race(walk: Walk, {rounds, chance}: {rounds: number; chance: Dice}): Promise<Race> {
  return withScene(['home/a/b', 'home/f/b', 'outside'], async (dir) => {
    const outside = join(dir, 'outside')
    restore(outside)
    const file = await bundleWorker('paths', dir)
    const workers = TREES.map((tree) => startWorker(file, {home: join(dir, 'home'), outside, tree}))
    await Promise.all(workers.map((worker) => worker.until('swapping')))
    const result: Race = {tried: 0, refused: 0, escapes: []}
    try {
      const home = openFolder(join(dir, 'home'), walk)
      for (let round = 0; round < rounds; round++) tryOnce({home, outside, chance, result})
    } finally {
      for (const worker of workers) worker.child.kill('SIGKILL')
      await Promise.all(workers.map((worker) => worker.ended))
    }
    return result
  })
}

function tryOnce({home, outside, chance, result}: {home: Folder; outside: string; chance: Dice; result: Race}): void {
  const verb = chance.pick(VERBS)
  const [tree, other] = chance.below(2) === 0 ? (['a', 'f'] as const) : (['f', 'a'] as const)
  result.tried++
  try {
    const read = verb(home, tree, other)
    if (typeof read === 'string' && read.includes(SECRET)) result.escapes.push(`read the secret: ${verb}`)
  } catch (error) {
    if (!isUserError(error)) throw error
    if (error.code === 'PATH_LINK') result.refused++
  }
  if (!isUntouched(outside)) {
    result.escapes.push(`changed outside: ${verb}`)
    restore(outside)
  }
}

const VERBS: readonly ((home: Folder, tree: string, other: string) => unknown)[] = [
  (home, tree) => home.write(`${tree}/b/note`, 'mine\n', {sync: false}),
  (home, tree) => home.write(`${tree}/b/note`, 'mine\n', {sync: false}),
  (home, tree) => home.write(`${tree}/new`, 'mine\n', {sync: false, expect: null}),
  (home, tree) => home.write(`${tree}-fresh/x`, 'mine\n', {sync: false}),
  (home, tree) => home.append(`${tree}/log`, 'mine', {sync: false}),
  (home, tree) => home.append(`${tree}/b/note`, 'mine', {sync: false}),
  (home, tree) => home.makeFolder(`${tree}/b/c`),
  (home, tree) => home.removeFolder(`${tree}/b/c`),
  (home, tree, other) => home.move(`${tree}/new`, `${other}/b/new`, {sync: false}),
  (home, tree) => home.remove(`${tree}/b/new`, {sync: false}),
  (home, tree) => home.remove(`${tree}/b/secret`, {sync: false}),
  (home, tree) => home.remove(`${tree}/secret`, {sync: false}),
  (home, tree) => home.readText(`${tree}/b/note`),
  (home, tree) => home.readText(`${tree}/b/secret`),
  (home, tree) => home.readText(`${tree}/log`),
  (home, tree) => (home.list(`${tree}/b`).some(({name}) => name === 'secret') ? SECRET : ''),
]

function isUntouched(outside: string): boolean {
  const names = readdirSync(outside)
  return names.length === 1 && names[0] === 'secret' && readFileSync(join(outside, 'secret'), 'utf8') === SECRET
}

function restore(outside: string): void {
  rmSync(outside, {recursive: true, force: true})
  mkdirSync(outside)
  writeFileSync(join(outside, 'secret'), SECRET)
}
