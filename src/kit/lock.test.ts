import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {systemClock} from './clock.js'
import {isUserError} from './errors.js'
import {type Folder, openFolder} from './folder.js'
import {newId} from './ids.js'
import {type Lock, tryLock, waitForLock} from './lock.js'
import {thisProcess} from './process-identity.js'

const clock = systemClock
let mcos: Folder
let children: ChildProcess[]

beforeEach(() => {
  mcos = openFolder(mkdtempSync(join(tmpdir(), 'mcos-lock-')))
  children = []
})

afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(mcos.dir, {recursive: true, force: true})
})

describe('a lock', () => {
  test('belongs to one, says to whom, and is free again afterwards without a trace', () => {
    const lock = take('donna')
    expect(tryLock(mcos, 'donna', {clock})).toMatchObject({
      holder: {id: lock.id, pid: process.pid, fence: 1, isReadable: true},
    })
    expect(lock.isHeld()).toBe(true)
    lock.release()
    expect(lock.isHeld()).toBe(false)
    expect(traces()).toEqual([])
    expect(take('donna').fence).toBe(2)
  })

  test('is one of many: other names are free', () => {
    take('donna')
    expect(take('mike').fence).toBe(1)
    expect(take('_commit').fence).toBe(1)
    expect(() => tryLock(mcos, '../evil', {clock})).toThrow(TypeError)
  })

  test('is BUSY for who waited in vain', () => {
    take('donna')
    const started = performance.now()
    expect(codeOf(() => waitForLock(mcos, 'donna', {clock, timeoutMs: 60}))).toBe('BUSY')
    expect(performance.now() - started).toBeGreaterThanOrEqual(55)
  })

  test('is free when its folder was left empty', () => {
    mkdirSync(join(mcos.dir, 'locks/donna.lock'), {recursive: true})
    take('donna').release()
    expect(traces()).toEqual([])
  })

  test('is free when there is only what a file browser left', () => {
    mkdirSync(join(mcos.dir, 'locks/donna.lock'), {recursive: true})
    writeFileSync(join(mcos.dir, 'locks/donna.lock/.DS_Store'), '')
    take('donna').release()
    expect(traces()).toEqual([])
  })

  test('is not taken through a link', () => {
    symlinkSync(tmpdir(), join(mcos.dir, 'locks'))
    expect(codeOf(() => take('donna'))).toBe('PATH_LINK')
  })
})

describe('a holder that is gone', () => {
  const me = thisProcess()

  test.each([
    ['dead', {pid: 2 ** 22 + 5}],
    ['replaced by another process of the same pid', {start: '1'}],
    ['of an earlier start of the machine', {boot: 'before'}],
  ])('is taken over at once when it is %s', (_, who) => {
    const id = plantHolder({...me, ...who}, {leaseMs: 3_600_000})
    expect(take('donna').isHeld()).toBe(true)
    expect(existsSync(join(mcos.dir, 'staging', id))).toBe(false)
  })

  test.each([
    ['alive', {}],
    ['on another machine', {host: 'elsewhere'}],
    ['in another container', {ns: 'pid:[1]'}],
  ])('is waited for when it is %s, until its lease is past', (_, who) => {
    const id = plantHolder({...me, ...who}, {leaseMs: 60_000})
    expect(tryLock(mcos, 'donna', {clock})).toMatchObject({holder: {id}})
    age(id, 61)
    expect(take('donna').isHeld()).toBe(true)
  })

  test('is waited for a minute when its file is damaged', () => {
    const id = plantHolder(me, {leaseMs: 60_000})
    writeFileSync(join(mcos.dir, `locks/donna.lock/${id}.json`), '{"pid": 1')
    expect(tryLock(mcos, 'donna', {clock})).toMatchObject({holder: {id, isReadable: false}})
    age(id, 61)
    take('donna').release()
    expect(traces()).toEqual([])
  })

  test('leaves nothing behind, nor does one that was killed while it took a lock', () => {
    const old = join(mcos.dir, 'staging', newId(clock))
    const young = join(mcos.dir, 'staging', newId(clock))
    const id = plantHolder({...me, start: '1'}, {leaseMs: 1})
    writeFileSync(join(mcos.dir, 'staging', id, '.mcos-tmp-1'), 'half')
    mkdirSync(join(old, 'mike.lock'), {recursive: true})
    mkdirSync(young)
    utimesSync(old, 0, 0)
    const other = take('mike')
    utimesSync(other.staging.dir, 0, 0)
    take('donna').release()
    expect(existsSync(old)).toBe(false)
    expect(existsSync(young)).toBe(true)
    expect(other.isHeld()).toBe(true)
  })
})

describe('a holder that comes back late', () => {
  test('changes nothing any more, and harms nobody by letting go', () => {
    mcos.write('state', 'old')
    const late = take('donna', 1)
    age(late.id, 5)
    const now = take('donna')
    const {staging} = late
    for (const act of [
      () => mcos.write('state', 'late', {staging}),
      () => mcos.write('state2', 'late', {staging, expect: null}),
      () => mcos.append('log', 'late', {staging}),
      () => mcos.remove('state', {staging}),
      () => mcos.move('state', 'state3', {staging}),
      () => late.renew(),
    ]) {
      expect(codeOf(act)).toBe('FENCED')
    }
    expect(late.isHeld()).toBe(false)
    late.release()
    expect(now.isHeld()).toBe(true)
    expect(now.fence).toBe(late.fence + 1)
    mcos.write('state', 'new', {staging: now.staging})
    expect(mcos.readText('state')).toBe('new')
    expect(mcos.list('.').map(({name}) => name)).toEqual(['locks', 'staging', 'state'])
  })

  test('moves and removes by way of its staging folder while it holds the lock', () => {
    const {staging} = take('donna')
    mcos.write('new/a', '1', {staging, expect: null})
    mcos.move('new/a', 'cur/a', {staging})
    expect(mcos.list('new')).toEqual([])
    expect(mcos.readText('cur/a')).toBe('1')
    expect(codeOf(() => mcos.write('cur/a', '2', {staging, expect: null}))).toBe('CONFLICT')
    mcos.remove('cur/a', {staging})
    expect(mcos.list('cur')).toEqual([])
    expect(readdirSync(staging.dir)).toEqual([])
  })

  test('keeps its lock as long as it renews it', () => {
    const lock = take('donna', 1_000)
    age(lock.id, 5)
    lock.renew()
    expect(tryLock(mcos, 'donna', {clock})).toMatchObject({holder: {id: lock.id}})
  })

  test('is refused after SIGSTOP and SIGCONT, too', async () => {
    const child = startChild(`
      const lock = waitForLock(dir, 'donna', {clock: systemClock, leaseMs: 150})
      say('held')
      for (let n = 0; ; n++) {
        try {
          mcos.write('state', 'child ' + n, {staging: lock.staging})
        } catch (error) {
          lock.release()
          say(error.code)
          break
        }
      }`)
    expect(await said(child)).toBe('held')
    child.kill('SIGSTOP')
    const lock = waitForLock(mcos, 'donna', {clock, timeoutMs: 5_000})
    mcos.write('state', 'mine', {staging: lock.staging})
    child.kill('SIGCONT')
    expect(await said(child)).toBe('FENCED')
    expect(mcos.readText('state')).toBe('mine')
    expect(lock.isHeld()).toBe(true)
    lock.release()
    expect(traces()).toEqual([])
  })
})

test('of many who want a dead holder’s lock, one at a time gets it', async () => {
  plantHolder({...thisProcess(), start: '1'}, {leaseMs: 3_600_000})
  const racers = Array.from({length: 4}, () =>
    startChild(`
      for (let n = 0; n < 40; n++) {
        const lock = waitForLock(dir, 'donna', {clock: systemClock, pollMs: 1})
        fs.writeFileSync(dir + '/inside', '', {flag: 'wx'})
        mcos.append('log', String(lock.fence), {sync: false, staging: lock.staging})
        fs.unlinkSync(dir + '/inside')
        lock.release()
      }
      say('done')`),
  )
  expect(await Promise.all(racers.map(said))).toEqual(['done', 'done', 'done', 'done'])
  const fences = readFileSync(join(mcos.dir, 'log'), 'utf8').trim().split('\n').map(Number)
  expect(fences).toHaveLength(160)
  expect(fences).toEqual([...new Set(fences)].sort((one, other) => one - other))
  expect(traces()).toEqual([])
})

test('a lock of a killed process is free at once', async () => {
  const child = startChild(`waitForLock(dir, 'donna', {clock: systemClock}); say('held'); setInterval(() => {}, 1000)`)
  expect(await said(child)).toBe('held')
  expect(tryLock(mcos, 'donna', {clock})).toMatchObject({holder: {pid: child.pid}})
  child.kill('SIGKILL')
  await once(child, 'exit')
  take('donna').release()
  expect(traces()).toEqual([])
})

function take(name: string, leaseMs = 60_000): Lock {
  const answer = tryLock(mcos, name, {clock, leaseMs})
  if ('lock' in answer) return answer.lock
  throw new Error(`held by ${answer.holder.id}`)
}

/** Lays a holder's lock as it would have done itself. */
function plantHolder(who: object, {leaseMs}: {leaseMs: number}): string {
  const id = newId(clock)
  mkdirSync(join(mcos.dir, 'locks/donna.lock'), {recursive: true})
  mkdirSync(join(mcos.dir, 'staging', id), {recursive: true})
  const text = JSON.stringify({id, ...who, since: clock.now(), leaseMs, fence: 1})
  writeFileSync(join(mcos.dir, `locks/donna.lock/${id}.json`), text)
  return id
}

function age(id: string, seconds: number): void {
  const then = clock.now() / 1000 - seconds
  utimesSync(join(mcos.dir, `locks/donna.lock/${id}.json`), then, then)
}

function traces(): string[] {
  const locks = readdirSync(join(mcos.dir, 'locks')).filter((name) => name.endsWith('.lock'))
  return [...locks, ...readdirSync(join(mcos.dir, 'staging'))]
}

function startChild(body: string): ChildProcess {
  const kit = (file: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, file)).href)
  const code = `
    import fs from 'node:fs'
    const {waitForLock} = await import(${kit('lock.ts')})
    const {openFolder} = await import(${kit('folder.ts')})
    const {systemClock} = await import(${kit('clock.ts')})
    const dir = ${JSON.stringify(mcos.dir)}
    const mcos = openFolder(dir)
    const say = (word) => process.stdout.write(word + '\\n')
    ${body}`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return child
}

async function said(child: ChildProcess): Promise<string> {
  if (!child.stdout) return ''
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  return chunk.toString().trim()
}

function codeOf(act: () => unknown): string {
  try {
    act()
    return 'done'
  } catch (error) {
    if (isUserError(error)) return error.code
    throw error
  }
}
