import {readdirSync, readFileSync, readlinkSync} from 'node:fs'
import {setTimeout as sleep} from 'node:timers/promises'
import {says} from '../testing/model-server/behaviour.js'
import {type RecordedRequest, readableText} from '../testing/model-server/recorded.js'
import {startModelServer} from '../testing/model-server/server.js'
import {isQuick} from '../testing/slowness.js'
import type {Ended, ModelFleet} from './model-fleet.js'
import {startMcos} from './model-fleet.js'
import {makeScene, mendScene, type Scene, scriptOf, WISH} from './sigterm-scenes.js'
import {troublesAfter} from './storms-fleet.js'
import {locksLeft} from './traces.js'

/** What the house promises. */
export const MOST_MS = 5_000
/** How long what does not keep it is waited for. */
const PATIENCE_MS = 60_000
const EXITS = {SIGINT: 130, SIGTERM: 143} as const

export interface SignalWish {
  readonly scene: Scene
  readonly command: 'heartbeat' | 'run'
  readonly signal: 'SIGINT' | 'SIGTERM'
  /** From the first request on, or else from the start. */
  readonly afterRequest: boolean
  readonly delayMs: number
  /** By this number its hanging programs are known. */
  readonly seconds: number
}

export interface Interrupted {
  readonly when: 'before it listened' | 'in the turn' | 'after its end'
  /** From the signal to the end. */
  readonly ms: number
  readonly wrong: readonly string[]
}

export async function interruptOnce(wish: SignalWish): Promise<Interrupted> {
  const play = scriptOf(wish.scene)
  let isMended = false
  const heard: RecordedRequest[] = []
  const server = await startModelServer({
    script: (request, index) => {
      heard.push(request)
      if (isMended) return says('Nothing promised, everything is done.')
      return typeof play === 'function' ? play(request, index) : (play[index] ?? says(''))
    },
  })
  const fleet = makeScene(wish.scene, {url: server.url, seconds: wish.seconds})
  try {
    const {child, ended} = startMcos(fleet, wish.command === 'run' ? ['run', 'donna', WISH] : ['heartbeat', 'donna'])
    const isBusy = (): boolean => heard.length > 0 || isRunning(wish.seconds)
    if (wish.afterRequest) await until(isBusy)
    await sleep(wish.delayMs)
    const wasBusy = isBusy()
    const since = performance.now()
    const isOver = child.exitCode !== null || !child.kill(wish.signal)
    const end = await within(ended, PATIENCE_MS)
    const ms = performance.now() - since
    if (end === null) child.kill('SIGKILL')
    const when = isOver ? 'after its end' : end?.signal === wish.signal ? 'before it listened' : 'in the turn'
    const wrong = [...wrongEnd(end, {wish, ms, wasBusy, when}), ...(await wrongAtRest(fleet, wish.seconds))]
    isMended = true
    mendScene(fleet, server.url)
    const before = heard.length
    wrong.push(...(await wrongNext(fleet, wish)))
    // What it was asked for is known to whoever goes on, also when it was the only thing that it had heard.
    const wasHeard = wish.command === 'run' && before > 0 && when === 'in the turn'
    const next = heard[before]
    if (wasHeard && !(next && readableText(next).includes('4711')))
      wrong.push('the next turn knows nothing of what was asked')
    return {when, ms, wrong}
  } finally {
    await server.close()
    fleet.remove()
  }
}

function wrongEnd(
  end: Ended | null,
  {wish, ms, wasBusy, when}: {wish: SignalWish; ms: number; wasBusy: boolean; when: Interrupted['when']},
): string[] {
  if (end === null) return [`it has not ended ${PATIENCE_MS} ms after the signal`]
  const wrong: string[] = []
  if (!isQuick(ms, MOST_MS)) wrong.push(`it took ${Math.round(ms)} ms to end`)
  if (when === 'after its end') return wrong
  if (when === 'before it listened')
    return wasBusy ? [...wrong, 'it died of the signal in the middle of its turn'] : wrong
  if (end.code !== EXITS[wish.signal]) wrong.push(`exit ${end.code}: ${end.stderr || end.stdout}`.slice(0, 200))
  return wrong
}

async function wrongAtRest(fleet: ModelFleet, seconds: number): Promise<string[]> {
  // A killed sandbox takes the kernel a moment.
  for (let waited = 0; waited < 20_000 && processesLeft(fleet.dir, seconds).length > 0; waited += 50) await sleep(50)
  return [
    ...processesLeft(fleet.dir, seconds).map((line) => `still running: ${line.slice(0, 80)}`),
    ...locksLeft(`${fleet.home}/.mcos`).map((name) => `lock left: ${name}`),
    ...fleet
      .git('status', '--porcelain')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `not committed: ${line}`),
  ]
}

/** The next turn does what was due, once, and everything is in order. */
async function wrongNext(fleet: ModelFleet, {command}: SignalWish): Promise<string[]> {
  const next = await startMcos(fleet, command === 'run' ? ['run', 'donna', 'Go on.'] : ['heartbeat', 'donna']).ended
  const wrong =
    next.code === 0 ? [] : [`the next ${command} ended with ${next.code}: ${next.stderr || next.stdout}`.slice(0, 200)]
  const logs = fleet.list('workspaces/donna/memory').map((file) => fleet.read(`workspaces/donna/memory/${file}`))
  const told = logs.join('').split('Nothing promised').length - 1
  if (told !== 1) wrong.push(`the answer stands ${told} times in the log`)
  return [...wrong, ...(await troublesAfter(fleet))]
}

/** Programs that were started for this fleet and live on. */
function processesLeft(dir: string, seconds: number): string[] {
  return processes()
    .filter(({pid, line, cwd}) => {
      if (pid === process.pid) return false
      return line.includes(`sleep ${seconds}`) || line.includes(dir) || cwd.startsWith(dir)
    })
    .map(({pid, line}) => `${pid} ${line}`)
}

function isRunning(seconds: number): boolean {
  return processes().some(({line}) => line.includes(`sleep ${seconds}`))
}

function processes(): {pid: number; line: string; cwd: string}[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const line = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        return [{pid: Number(name), line, cwd: readlinkSync(`/proc/${name}/cwd`)}]
      } catch {
        // It has ended just now, or is none of ours.
        return []
      }
    })
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!isSo() && Date.now() < deadline) await sleep(10)
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  const end = new AbortController()
  try {
    return await Promise.race([promise, sleep(ms, null, {signal: end.signal})])
  } finally {
    end.abort()
  }
}
