import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {systemClock} from '../src/kit/clock.js'
import {type Folder, openFolder} from '../src/kit/folder.js'
import {newId} from '../src/kit/ids.js'
import {type Lock, tryLock} from '../src/kit/lock.js'

/** An empty `.mcos` folder with what tests of locks do to it. */
export interface LockScene {
  readonly mcos: Folder
  /** Takes a lock that has to be free. */
  take(name: string, leaseMs?: number): Lock
  /** Lays a holder's lock on "donna" as it would have done itself; answers its id. */
  plantHolder(who: object, options: {leaseMs: number}): string
  /** Makes donna's lock look as if it had not been renewed for so long. */
  age(id: string, seconds: number): void
  /** What is left of locks and their holders. */
  traces(): string[]
  /** Another process that runs this code with `mcos`, `dir`, `waitForLock`, `systemClock`, `fs` and `say`. */
  startChild(body: string): ChildProcess
  close(): void
}

export function openLockScene(): LockScene {
  const mcos = openFolder(mkdtempSync(join(tmpdir(), 'mcos-lock-')))
  const children: ChildProcess[] = []
  return {
    mcos,
    take(name, leaseMs = 60_000) {
      const answer = tryLock(mcos, name, {clock: systemClock, leaseMs})
      if ('lock' in answer) return answer.lock
      throw new Error(`held by ${answer.holder.id}`)
    },
    plantHolder(who, {leaseMs}) {
      const id = newId(systemClock)
      mkdirSync(join(mcos.dir, 'locks/donna.lock'), {recursive: true})
      mkdirSync(join(mcos.dir, 'staging', id), {recursive: true})
      const text = JSON.stringify({id, ...who, since: systemClock.now(), leaseMs, fence: 1})
      writeFileSync(join(mcos.dir, `locks/donna.lock/${id}.json`), text)
      return id
    },
    age(id, seconds) {
      const then = systemClock.now() / 1000 - seconds
      utimesSync(join(mcos.dir, `locks/donna.lock/${id}.json`), then, then)
    },
    traces() {
      const locks = readdirSync(join(mcos.dir, 'locks')).filter((name) => name.endsWith('.lock'))
      return [...locks, ...readdirSync(join(mcos.dir, 'staging'))]
    },
    startChild(body) {
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', codeFor(mcos.dir, body)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      children.push(child)
      return child
    },
    close() {
      for (const child of children) child.kill('SIGKILL')
      rmSync(mcos.dir, {recursive: true, force: true})
    },
  }
}

/** The next thing a child says. */
export async function said(child: ChildProcess): Promise<string> {
  if (!child.stdout) return ''
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  return chunk.toString().trim()
}

function codeFor(dir: string, body: string): string {
  const kit = (file: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, '../src/kit', file)).href)
  return `
    import fs from 'node:fs'
    const {waitForLock} = await import(${kit('lock.ts')})
    const {openFolder} = await import(${kit('folder.ts')})
    const {systemClock} = await import(${kit('clock.ts')})
    const dir = ${JSON.stringify(dir)}
    const mcos = openFolder(dir)
    const say = (word) => process.stdout.write(word + '\\n')
    ${body}`
}
