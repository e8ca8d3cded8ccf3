import {spawn, spawnSync} from 'node:child_process'
import {existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'rolldown'
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest'
import type {Stage} from './carry-out.js'
import {checkHistory} from './check-history.js'
import {commitChangeSets} from './commit-change-sets.js'
import {hasJournal} from './journal.js'
import {recoverJournals} from './recover.js'
import {appendTo, changeSet, clock, INBOX, LOG, makeScratch, READ, type Scratch} from './scratch.js'

/** A process of its own that applies the sets of a file, and kills itself at a stage. */
const DRIVER = `
import {readFileSync} from 'node:fs'
import {commitChangeSets} from ${JSON.stringify(fileURLToPath(new URL('./commit-change-sets.ts', import.meta.url)))}
const [home, file, stopAt] = process.argv.slice(2)
const onStage = (stage) => { if (stage === stopAt) process.kill(process.pid, 'SIGKILL') }
commitChangeSets(home, JSON.parse(readFileSync(file, 'utf8')), {clock: {now: () => Date.now()}, onStage})
`

const dir = mkdtempSync(path.join(tmpdir(), 'mcos-driver-'))
const driver = path.join(dir, 'driver.mjs')
let fleet: Scratch

beforeAll(async () => {
  const input = path.join(dir, 'driver.ts')
  writeFileSync(input, DRIVER)
  await build({input, platform: 'node', output: {file: driver, codeSplitting: false}, logLevel: 'silent'})
})
afterAll(() => rmSync(dir, {recursive: true}))
afterEach(() => fleet.remove())

const LOCAL = 'runs/2026-11-21.jsonl'

function sets() {
  return Array.from({length: 3}, (_, index) =>
    changeSet(
      [
        appendTo(LOG, `- turn ${index}\n`),
        {kind: 'write', path: `wiki/${index}.md`, content: `${index}\n`, expect: null},
        {kind: 'write', path: 'wiki/shared.md', content: `${index}\n`},
        ...(index === 0 ? [{kind: 'move', from: INBOX, to: READ} as const] : []),
        ...(index === 1 ? [{kind: 'remove', path: 'old.md'} as const] : []),
      ],
      {
        local: [
          {path: LOCAL, appendLine: `{"turn":${index},"commit":"%MCOS-COMMIT%"}`},
          {path: 'beats/donna.json', content: `${index}`},
        ],
      },
    ),
  )
}

function prepare(): Scratch {
  fleet = makeScratch()
  fleet.put('old.md', 'old\n')
  fleet.git('add', '-A')
  fleet.git('commit', '-qm', 'Old')
  // A person has staged a line of their own, and written another.
  fleet.put(LOG, '# 2026-11-21\nstaged\n')
  fleet.git('add', LOG)
  fleet.put(LOG, '# 2026-11-21\nstaged\nmine\n')
  return fleet
}

function run(work: ReturnType<typeof sets>, stopAt: string): NodeJS.Signals | null {
  const file = path.join(fleet.root, '.git/sets.json')
  writeFileSync(file, JSON.stringify(work))
  return spawnSync(process.execPath, [driver, fleet.home, file, stopAt], {stdio: 'inherit'}).signal
}

function expectDone(): void {
  const commits = fleet.git('rev-list', '--reverse', 'HEAD').trim().split('\n').slice(2)
  expect(commits).toHaveLength(3)
  expect(fleet.committed(LOG)).toBe('# 2026-11-21\n- turn 0\n- turn 1\n- turn 2\n')
  expect(fleet.text(LOG)).toBe('# 2026-11-21\nstaged\nmine\n- turn 0\n- turn 1\n- turn 2\n')
  expect(fleet.git('show', `:./${LOG}`)).toBe('# 2026-11-21\nstaged\n- turn 0\n- turn 1\n- turn 2\n')
  expect(fleet.committed('wiki/shared.md', commits[1])).toBe('1\n')
  expect(fleet.text(`.mcos/${LOCAL}`)).toBe(
    commits.map((commit, turn) => `${JSON.stringify({turn, commit})}\n`).join(''),
  )
  expect(fleet.text('.mcos/beats/donna.json')).toBe('2')
  expect([fleet.has(INBOX), fleet.has(READ), fleet.has('old.md')]).toEqual([false, true, false])
  expect(fleet.git('status', '--porcelain')).toBe(`MM ${LOG}\n`)
  expect(checkHistory(fleet.home)).toEqual([])
}

test.each<Stage>(['disk', 'commit', 'local', 'index', 'done'])(
  'killed at "%s", the next process finishes it',
  (stage) => {
    prepare()
    const work = sets()
    expect(run(work, stage)).toBe('SIGKILL')
    expect(hasJournal(fleet.home)).toBe(true)
    expect(recoverJournals(fleet.home, {clock}).map(({id, error}) => [id, error])).toEqual(
      work.map(({id}) => [id, null]),
    )
    expectDone()
  },
)

test('killed before the journal was written, nothing was changed', () => {
  prepare()
  const work = sets()
  expect(run(work, 'journal')).toBe('SIGKILL')
  expect(hasJournal(fleet.home)).toBe(false)
  expect(fleet.git('status', '--porcelain')).toBe(`MM ${LOG}\n`)
  expect(run(work, '')).toBe(null)
  expectDone()
})

test('the next turn finishes the killed one first, even when a person has committed everything in between', () => {
  prepare()
  fleet.git('reset', '-q', '--hard')
  const work = sets()
  run(work, 'commit')
  fleet.git('add', '-A')
  fleet.git('commit', '-qm', 'Ada commits what lies there')
  const [result] = commitChangeSets(fleet.home, [changeSet([appendTo(LOG, '- later\n')])], {clock})
  expect(result?.commit).not.toBe(null)
  expect(fleet.committed(LOG)).toBe('# 2026-11-21\n- turn 0\n- turn 1\n- turn 2\n- later\n')
  expect(fleet.git('status', '--porcelain')).toBe('')
  expect(checkHistory(fleet.home)).toEqual([])
})

test('a journal that cannot be carried out is set aside, kept and told of', () => {
  prepare()
  run(sets(), 'disk')
  rmSync(path.join(fleet.home, 'workspaces/donna/inbox'), {recursive: true})
  writeFileSync(path.join(fleet.home, 'workspaces/donna/inbox'), 'in the way')
  const recovered = recoverJournals(fleet.home, {clock})
  expect(recovered.map(({error}) => error?.code)).toEqual(['NOT_A_FOLDER', 'NOT_A_FOLDER', 'NOT_A_FOLDER'])
  expect(hasJournal(fleet.home)).toBe(false)
  expect(checkHistory(fleet.home).map(({code}) => code)).toEqual(['JOURNAL_SET_ASIDE'])
})

test('a damaged journal is set aside', () => {
  prepare()
  fleet.put('.mcos/journal/01M7YTVKXS9VCDFX5ZM160SFVY.json', '{"version":1')
  expect(recoverJournals(fleet.home, {clock})).toMatchObject([{error: {code: 'JOURNAL_DAMAGED'}}])
  expect(hasJournal(fleet.home)).toBe(false)
})

test('an index lock of a killed process of ours is recognised and removed', () => {
  prepare()
  const work = sets()
  run(work, 'index')
  spawnSync('sh', ['-c', ': > mcos-index-X && ln mcos-index-X index.lock && echo torn > mcos-index-X.new'], {
    cwd: path.join(fleet.root, '.git'),
  })
  recoverJournals(fleet.home, {clock})
  expectDone()
})

test('a branch lock that was killed with us does not stay in the way', () => {
  prepare()
  run(sets(), 'commit')
  const lock = path.join(fleet.root, '.git/refs/heads/main.lock')
  writeFileSync(lock, '')
  utimesSync(lock, 1, 1)
  recoverJournals(fleet.home, {clock})
  expectDone()
})

test('neither does a pack that the killed git wanted kept', () => {
  prepare()
  run(sets(), 'commit')
  const [first, second] = ['pack-1.keep', 'pack-2.keep'].map((name) => path.join(fleet.root, '.git/objects/pack', name))
  writeFileSync(first ?? '', 'fast-import')
  writeFileSync(second ?? '', 'for the archive\n')
  recoverJournals(fleet.home, {clock})
  expectDone()
  expect(existsSync(first ?? '')).toBe(false)
  expect(existsSync(second ?? '')).toBe(true)
})

test('32 processes that commit at once lose nothing, double nothing and leave no lock', async () => {
  fleet = makeScratch()
  const jobs = Array.from({length: 32}, (_, index) => {
    const file = path.join(fleet.root, `.git/sets-${index}.json`)
    writeFileSync(file, JSON.stringify([changeSet([appendTo(LOG, `- turn ${index}\n`)])]))
    return new Promise((resolve) =>
      spawn(process.execPath, [driver, fleet.home, file, ''], {stdio: 'inherit'}).on('exit', resolve),
    )
  })
  expect(new Set(await Promise.all(jobs))).toEqual(new Set([0]))
  expect(fleet.git('rev-list', '--count', 'HEAD')).toBe('33\n')
  const lines = fleet.committed(LOG).trim().split('\n').slice(1)
  expect(lines.sort()).toEqual(Array.from({length: 32}, (_, index) => `- turn ${index}`).sort())
  expect(fleet.git('status', '--porcelain')).toBe('')
  expect(checkHistory(fleet.home)).toEqual([])
})
