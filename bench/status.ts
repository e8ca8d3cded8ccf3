import {spawn} from 'node:child_process'
import {appendFileSync, mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'
import type {Bench, Figure} from './bench.js'
import {MCOS} from './built.js'
import {type BenchFleet, makeFleet, SCHEDULED_HEARTBEAT} from './fleet.js'
import {median, spread} from './rounds.js'

const AGENTS = 200
/** The largest terminal that the screen is tried on. */
const SIZE = {columns: 200, rows: 60}

/** What looking at a large fleet costs: the first sight of it, each change of it, and an hour of it. */
export const bench: Bench = {
  what: `the status screen of ${AGENTS} agents`,
  async run({isShort, stopwatch, say}) {
    const fleet = makeFleet({agents: AGENTS, heartbeat: SCHEDULED_HEARTBEAT})
    try {
      const cwd = fleet.dir
      await stopwatch.time({argv: [...MCOS, 'status', '--json'], cwd})
      const bare: number[] = []
      const paint: number[] = []
      for (let round = 0; round < (isShort ? 3 : 15); round += 1) {
        bare.push(await stopwatch.time({argv: [process.execPath, '-e', '0'], cwd}))
        paint.push(await firstPaint(cwd))
      }
      say('redraws, and an hour of them')
      const {redrawMs, heapMb} = await drawMany(fleet, isShort ? 200 : 3600)
      const first: Figure = {
        what: 'from its start to its first frame with how agents stand, less a bare node',
        value: median(paint) - median(bare),
        unit: 'ms',
        atMost: 300,
        note: `on a terminal of script(1): ${spread(paint)}; bare node -e 0: ${spread(bare)}`,
      }
      const redraw: Figure = {
        what: `CPU of one change, ${SIZE.columns}×${SIZE.rows}`,
        value: median(redrawMs),
        unit: 'ms',
        atMost: 16,
        note: `reading one agent again, and the frame: ${spread(redrawMs)}`,
      }
      const heap: Figure = {
        what: `heap after ${redrawMs.length} changes, against after the first tenth`,
        value: (heapMb.at(-1) ?? 0) - (heapMb[0] ?? 0),
        unit: 'MB',
        atMost: 2,
        note: `after a full gc: ${heapMb.map((mb) => mb.toFixed(1)).join(', ')} MB`,
      }
      return {figures: [first, redraw, heap], raw: {bare, paint, heapMb}, missing: []}
    } finally {
      fleet.remove()
    }
  },
}

/** Milliseconds until a terminal shows how the first agent stands; the screen is then left by its key. */
async function firstPaint(cwd: string): Promise<number> {
  const started = performance.now()
  const line = [...MCOS, 'status'].map((word) => `'${word}'`).join(' ')
  const env = {PATH: process.env['PATH'] ?? '', HOME: cwd, TERM: 'xterm-256color'}
  const child = spawn('script', ['-qfec', line, '/dev/null'], {cwd, env, stdio: ['pipe', 'pipe', 'inherit']})
  let seen = ''
  let ms = Number.NaN
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    seen += part
    if (!Number.isNaN(ms) || !/agent-001.{0,40}new/.test(seen)) return
    ms = performance.now() - started
    child.stdin.write('q')
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => (Number.isNaN(ms) ? reject(new Error(`nothing was painted:\n${seen}`)) : resolve(ms)))
  })
}

/** The screen in this process, without a terminal: one agent logs a line, and the screen follows, again and again. */
async function drawMany(fleet: BenchFleet, changes: number): Promise<{redrawMs: number[]; heapMb: number[]}> {
  // Before React is loaded: its development half measures every render and keeps what it measured.
  process.env['NODE_ENV'] = 'production'
  const [{openFleet}, {LiveStatus}, {openTestScreen}] = await Promise.all([
    import('../src/app/fleet.js'),
    import('../src/app/status/live-status.js'),
    import('../testing/status-screen.js'),
  ])
  const status = new LiveStatus(await openFleet({cwd: fleet.dir, env: process.env}))
  while (await status.step()) {
    // Until everything is read.
  }
  const screen = openTestScreen(SIZE)
  const redrawMs: number[] = []
  const heapMb: number[] = []
  for (let change = 1; change <= changes; change += 1) {
    const name = fleet.agents[change % SIZE.rows] ?? ''
    const log = join(fleet.dir, 'workspaces', name, 'memory', `${status.today()}.md`)
    mkdirSync(join(log, '..'), {recursive: true})
    appendFileSync(log, `- Line ${change}, 第${change}行\n`)
    const before = process.cpuUsage()
    status.mark({agents: [name]})
    while (await status.step()) {
      // Until it is read again.
    }
    screen.draw(status, name)
    const {user, system} = process.cpuUsage(before)
    redrawMs.push((user + system) / 1000)
    if (change % Math.round(changes / 10) === 0) heapMb.push(heapNow())
  }
  screen.close()
  return {redrawMs, heapMb}
}

function heapNow(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}
