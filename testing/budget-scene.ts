import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {onTestFinished} from 'vitest'
import type {Book} from '../src/engines/budget/book.js'
import {type BudgetPlace, type Demand, type Reservation, reserve} from '../src/engines/budget/budget.js'
import {type FixedClock, fixedClock} from '../src/kit/clock.js'
import {openFolder} from '../src/kit/folder.js'
import type {Budget} from '../src/workspace/config.js'
import {tempFolder} from './temp-folder.js'

/** An empty `.mcos` with ceilings and a clock that is moved by hand. */
export interface BudgetScene extends BudgetPlace {
  readonly clock: FixedClock
  /** The same machine under other ceilings. */
  under(ceilings: Partial<BudgetPlace['ceilings']>): BudgetScene
  /** Reserves a call that has to fit. */
  take(demand?: Partial<Demand>): Reservation
  book(day: string): Book | null
  /** Makes it look as if the processes of these calls, or of all, had died. */
  kill(day: string, ids?: readonly string[]): void
}

export const DEMAND: Demand = {
  agent: 'donna',
  engine: 'claude',
  turn: 't_1',
  tokens: 1000,
  input: 800,
  usd: 0.5,
  billing: 'metered',
}

export function ceiling(limits: Partial<Budget>): Budget {
  return {usdPerDay: null, tokensPerDay: null, turnsPerDay: null, ...limits}
}

export function openBudgetScene({
  at = '2026-11-21T10:00:00Z',
  zone = 'UTC',
}: {
  readonly at?: string
  readonly zone?: string
} = {}): BudgetScene {
  const mcos = openFolder(tempFolder())
  const scene: BudgetScene = {
    mcos,
    clock: fixedClock(at),
    zone,
    ceilings: {fleet: null, agent: null, engine: null},
    under: (ceilings) => ({
      ...scene,
      ceilings: {...scene.ceilings, ...ceilings},
      take: (demand) => takeAt({...scene, ceilings: {...scene.ceilings, ...ceilings}}, demand),
    }),
    take: (demand) => takeAt(scene, demand),
    book(day) {
      const text = mcos.readText(`budget/${day}.json`)
      return text === null ? null : (JSON.parse(text) as Book)
    },
    kill(day, ids) {
      const book = scene.book(day)
      if (!book) return
      const open = book.open.map((call) =>
        ids === undefined || ids.includes(call.id) ? {...call, holder: {...call.holder, start: 'long ago'}} : call,
      )
      mcos.write(`budget/${day}.json`, JSON.stringify({...book, open}))
    },
  }
  return scene
}

function takeAt(place: BudgetPlace, demand: Partial<Demand> = {}): Reservation {
  const answer = reserve(place, {...DEMAND, ...demand})
  if (answer.kind === 'spent') throw new Error(answer.detail)
  return answer
}

/** Another process that runs this code with `mcos`, `src(path)` to import from, and `say`. */
export function startWorker(dir: string, body: string): ChildProcess {
  const src = pathToFileURL(join(import.meta.dirname, '../src/')).href
  const code = `
    const src = (path) => import(${JSON.stringify(src)} + path)
    const {openFolder} = await src('kit/folder.ts')
    const {systemClock} = await src('kit/clock.ts')
    const mcos = openFolder(${JSON.stringify(dir)})
    const say = (word) => process.stdout.write(word + '\\n')
    ${body}`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return child
}

/** All that a worker says until it ends. */
export async function allSaid(child: ChildProcess): Promise<string[]> {
  const chunks: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(child, 'close')
  return Buffer.concat(chunks).toString().split('\n').filter(Boolean)
}
