import {existsSync, readFileSync, utimesSync} from 'node:fs'
import {join} from 'node:path'
import {locksLeft, stagingLeft, tempsLeft} from '../traces.js'
import {runGit} from './run-mcos.js'
import {listFiles} from './snapshot.js'

/** What a repaired fleet must not show: traces of the kill, and anything that can't be read. */
export function wrongTraces(dir: string): string[] {
  const home = join(dir, 'home')
  return [
    ...locksLeft(join(home, '.mcos')).map((name) => `lock left: ${name}`),
    ...listFiles(join(home, '.mcos/journal')).map((name) => `journal left: ${name}`),
    ...tempsLeft(home)
      .filter((path) => !path.startsWith('.mcos/'))
      .map((path) => `half-written file left: ${path}`),
    ...listFiles(join(home, '.git'))
      .filter((path) => /\.lock$|^mcos-index-|fast_import_crash/.test(path))
      .map((path) => `left in .git: ${path}`),
    ...unreadable(home),
    ...doubledTurns(home),
    ...brokenGit(home),
  ]
}

/** Makes what a kill left look hours old, as it will be for a later run. */
export function ageLeftovers(dir: string): void {
  const mcos = join(dir, 'home/.mcos')
  const then = Date.now() / 1000 - 2 * 86_400
  // The last search for half-written files is as old, then.
  const stray = ['cache/swept', ...stagingLeft(mcos).map((name) => `staging/${name}`), ...tempsLeft(mcos)]
  for (const path of stray) if (existsSync(join(mcos, path))) utimesSync(join(mcos, path), then, then)
}

/** The same of what lies in the person's own folders: it goes when the same command comes again some time later. */
export function ageOutside(dir: string): void {
  const person = join(dir, 'person')
  const then = Date.now() / 1000 - 2 * 86_400
  for (const path of tempsLeft(person)) utimesSync(join(person, path), then, then)
}

/** What a later run should have swept and did not. */
export function unswept(dir: string): string[] {
  const home = join(dir, 'home')
  return [
    ...stagingLeft(join(home, '.mcos')).map((name) => `not swept: .mcos/staging/${name}`),
    ...tempsLeft(home).map((path) => `not swept: ${path}`),
  ]
}

export function countCommits(dir: string): number {
  return Number(runGit(join(dir, 'home'), 'rev-list', '--count', 'HEAD').out)
}

function unreadable(home: string): string[] {
  // What is still being put together in a staging folder counts for nobody.
  const files = listFiles(join(home, '.mcos')).filter((path) => !path.startsWith('staging/'))
  return files.flatMap((path) => {
    const text = readFileSync(join(home, '.mcos', path), 'utf8')
    if (path.endsWith('.json')) return isJson(text) ? [] : [`torn: .mcos/${path}`]
    if (!path.endsWith('.jsonl')) return []
    const isWhole = text.endsWith('\n') && text.trimEnd().split('\n').every(isJson)
    return isWhole ? [] : [`torn: .mcos/${path}`]
  })
}

function doubledTurns(home: string): string[] {
  if (!existsSync(join(home, '.git'))) return []
  const log = runGit(home, 'log', '--format=%(trailers:key=Mcos-Turn,valueonly,separator=%x20)').out
  const receipts = listFiles(join(home, '.mcos/runs')).flatMap(
    (path) => readFileSync(join(home, '.mcos/runs', path), 'utf8').match(/"turn":"[^"]+"/g) ?? [],
  )
  return [...doubled(log.split(/\s+/).filter(Boolean), 'commit'), ...doubled(receipts, 'receipt')]
}

function doubled(ids: readonly string[], what: string): string[] {
  return ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `doubled ${what}: ${id}`)
}

function brokenGit(home: string): string[] {
  if (!existsSync(join(home, '.git'))) return []
  const {code, out} = runGit(home, 'fsck', '--no-dangling', '--no-progress')
  return code === 0 && out.trim() === '' ? [] : [`git fsck: ${code} ${out.trim().slice(0, 200)}`]
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    // The answer is what was asked for.
    return false
  }
}
