import {readPollState} from '../../alerts/telegram/poll-state.js'
import {isUserError} from '../../kit/errors.js'
import {type Lock, tryLock} from '../../kit/lock.js'
import {within} from '../../kit/within.js'
import type {Fleet} from '../../workspace/fleet.js'
import {openFleet} from '../fleet.js'
import {logInto, pollRound} from './round.js'
import {botLock, openBots, type TelegramBot} from './telegram-bots.js'
import {unanswered} from './waiting.js'

const MOST_MS = 3_000

export interface PollBeside {
  /** Once the beat is over: waits for what is under way and asks people what came up. Tells what is new to a person, however often it is asked. */
  end(): Promise<readonly string[]>
}

/** Hears the fleet's bots beside a beat: once, shortly, and whatever becomes of it is nothing to the beat. */
export function pollBeside(fleet: Fleet, {signal}: {readonly signal: AbortSignal}): PollBeside {
  const each = (targets: readonly TelegramBot[], work: Task) =>
    Promise.all(targets.map((target) => beside(fleet, target, {signal, work})))
  const atOnce = openBots(fleet, ({token}) => token.source !== 'command').open
  const slow = new Set<string>()
  const heard = each(atOnce, hearing(slow))
  const finish = async (): Promise<string[]> => {
    const news = await heard
    // A program that is asked for a token takes its time, and nothing else happens meanwhile.
    const later = openBots(fleet, ({token}) => token.source === 'command').open
    return [
      ...news,
      ...(await each(later, hearing(slow))),
      // Who was too slow to be heard would hold the beat up a second time.
      ...(await each(
        [...atOnce, ...later].filter(({name}) => !slow.has(name)),
        askAround,
      )),
    ].flat()
  }
  let end: Promise<string[]> | null = null
  return {
    end() {
      end ??= finish()
      return end
    },
  }
}

type Task = (fleet: Fleet, target: TelegramBot, how: Work) => Promise<string[]>

interface Work {
  readonly lock: Lock
  readonly signal: AbortSignal
}

/** Who listens already is left to it: its lock is held. */
async function beside(
  fleet: Fleet,
  target: TelegramBot,
  {signal, work}: {signal: AbortSignal; work: Task},
): Promise<string[]> {
  try {
    const taken = tryLock(fleet.mcos, botLock(target), {clock: fleet.clock})
    if (!('lock' in taken)) return []
    const {lock} = taken
    try {
      return await within(MOST_MS, signal, (ending) => work(fleet, target, {lock, signal: ending}))
    } finally {
      lock.release()
    }
  } catch (error) {
    // A full disk, a lock that was lost, a bug: told, and no reason for a beat to fail.
    return [`channel ${target.name}: ${isUserError(error) ? error.message : `a bug of mcos: ${String(error)}`}`]
  }
}

async function hear(fleet: Fleet, target: TelegramBot, {lock, signal}: Work): Promise<string[]> {
  const news: string[] = []
  const reopen = () => openFleet({home: fleet.home.dir, cwd: fleet.home.dir, env: fleet.env, clock: fleet.clock})
  for (let isFull = true; isFull && !signal.aborted; ) {
    const end = await pollRound(fleet, target, {lock, signal, waitS: 0, timeoutMs: MOST_MS, reopen})
    if (end.news !== null) news.push(end.news)
    isFull = end.isFull
  }
  return news
}

/** Remembers who took longer than a beat waits. */
function hearing(slow: Set<string>): Task {
  return async (fleet, target, how) => {
    const started = performance.now()
    const news = await hear(fleet, target, how)
    // The call's own end and that of all its calls come in the same moment, in either order.
    if (performance.now() - started > MOST_MS * 0.9) slow.add(target.name)
    return news
  }
}

async function askAround(fleet: Fleet, target: TelegramBot, {lock, signal}: Work): Promise<string[]> {
  const state = readPollState(fleet.mcos, target.name, target.id)
  if (Object.keys(state.asks).length === 0 && unanswered(fleet).length === 0) return []
  const log = logInto(fleet, target, {})
  const {announce} = await import('./announce.js')
  await announce(fleet, target, {state, signal, timeoutMs: MOST_MS, staging: lock.staging, log})
  return []
}
