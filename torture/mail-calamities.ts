import {readdirSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import type {Dice} from './dice.js'
import {callsIn, type KillPoint, recordGits, recordOwn, setTrap} from './kill/kill-at.js'
import {ACCOUNTS} from './mail-letters.js'
import type {Calls, MailWorld, Ran} from './mail-world.js'

/** One run of mcos while something goes wrong; afterwards everything is as it should be again. */
export interface Calamity {
  readonly name: string
  /** Accounts that can't be read in it; null: nobody can say, as mcos itself is killed. All others have to be on time. */
  readonly fails: readonly string[] | null
  play(world: MailWorld, chance: Dice): Promise<readonly Ran[]>
}

const TRIAGE = ['email', 'triage', '--json']
const BEAT = ['heartbeat', 'donna', '--json']
const GRAPH_USERS = [ACCOUNTS.work.user, ACCOUNTS.sales.user]

export const CALAMITIES: readonly Calamity[] = [
  {name: 'nothing', fails: [], play: async (world) => [await world.run(TRIAGE)]},
  {name: 'nothing, by a beat', fails: [], play: async (world) => [await world.run(BEAT)]},
  {
    name: 'killed at some moment',
    fails: null,
    play: async (world, chance) => [await world.run(TRIAGE, {killAfterMs: 100 + chance.below(900)})],
  },
  {
    name: 'a beat killed at some moment',
    fails: null,
    play: async (world, chance) => [await world.run(BEAT, {killAfterMs: 100 + chance.below(900)})],
  },
  {name: 'killed at a system call', fails: null, play: (world, chance) => killedAtCall(world, chance, 'mcos')},
  {name: 'its git killed at a system call', fails: null, play: (world, chance) => killedAtCall(world, chance, 'git')},
  {name: 'killed with its git', fails: null, play: (world, chance) => killedAtCall(world, chance, 'all')},
  {
    name: 'three at once',
    fails: null,
    play: (world) => Promise.all([world.run(TRIAGE), world.run(BEAT), world.run(TRIAGE)]),
  },
  {
    name: 'an IMAP line cut',
    fails: null,
    play: (world, chance) => {
      world.proxies[chance.pick(['harbour', 'home'] as const)].next({cutAfter: 1_000 + chance.below(12_000)})
      return one(world)
    },
  },
  {
    name: 'an IMAP line reset',
    fails: null,
    play: (world, chance) => {
      world.proxies[chance.pick(['harbour', 'home'] as const)].next({resetAfter: 1_000 + chance.below(12_000)})
      return one(world)
    },
  },
  {
    name: 'an IMAP server that hangs from the start',
    fails: ['harbour'],
    play: (world) => {
      world.proxies.harbour.always({stallAfter: 0})
      return one(world)
    },
  },
  {
    name: 'an IMAP server that hangs in the middle',
    fails: null,
    play: (world, chance) => {
      world.proxies.home.always({stallAfter: 3_000 + chance.below(6_000)})
      return one(world)
    },
  },
  {
    name: 'an IMAP server that refuses',
    fails: ['home'],
    play: async (world) => {
      await world.proxies.home.refuse()
      return one(world)
    },
  },
  {
    name: 'a wrong password',
    fails: ['home'],
    play: async (world) => [await world.run(TRIAGE, {env: {HOME_MAIL: 'wrong'}})],
  },
  {
    name: 'a wrong client secret',
    fails: ['work', 'sales'],
    play: async (world) => {
      // As long as a token counts, nobody asks for the secret.
      world.graph.authority.tokens.expire()
      return [await world.run(TRIAGE, {env: {GRAPH_SECRET: 'wrong'}})]
    },
  },
  {
    name: 'an expired certificate of the IMAP server',
    fails: ['harbour', 'home'],
    play: async (world) => {
      world.dovecot.showCertificate('expired')
      await world.dovecot.restart()
      return one(world)
    },
  },
  {
    name: 'a stranger’s certificate of Graph',
    fails: ['work', 'sales'],
    play: (world) => {
      world.graph.showCertificate('self-signed')
      return one(world)
    },
  },
  {
    name: 'Graph throttles a mailbox',
    fails: null,
    play: (world, chance) => {
      world.graph.misbehave({what: 'throttle', retryAfter: 1, times: 1 + chance.below(4), on: onUser(chance)})
      return one(world)
    },
  },
  {
    name: 'Graph is away for a moment',
    fails: null,
    play: (world, chance) => {
      const status = chance.pick([500, 502, 503, 504])
      world.graph.misbehave({what: 'refuse', status, code: 'serviceNotAvailable', times: 1 + chance.below(3)})
      return one(world)
    },
  },
  {
    name: 'Graph hangs on a mailbox',
    fails: ['work'],
    play: (world) => {
      world.graph.misbehave({what: 'silence', times: 1_000, on: /users\/ada@/})
      return one(world)
    },
  },
  {
    name: 'Graph cuts and halves its answers',
    fails: null,
    play: (world, chance) => {
      const on = onUser(chance)
      world.graph.misbehave({what: 'half', on}, {what: 'cut', when: 'after', on}, {what: 'html', status: 200, on})
      return one(world)
    },
  },
  {
    name: 'Graph forgets how far it was read',
    fails: [],
    play: (world, chance) => {
      world.graph.forget(chance.pick(GRAPH_USERS))
      return one(world)
    },
  },
  {
    name: 'Graph tells again what it told, after empty pages',
    fails: [],
    play: (world) => {
      world.graph.tricks.replays = 2
      world.graph.tricks.emptyPages = 2
      return one(world)
    },
  },
  {
    name: 'Graph’s tokens expire',
    fails: [],
    play: (world) => {
      world.graph.authority.tokens.expire()
      return one(world)
    },
  },
  {
    name: 'a folder numbered anew',
    fails: [],
    play: (world, chance) => {
      world.dovecot.bumpUidValidity(chance.pick(['harbour', 'home'] as const))
      return one(world)
    },
  },
  {
    name: 'numbered anew, and killed while it is read',
    fails: null,
    play: async (world, chance) => {
      world.dovecot.bumpUidValidity('harbour')
      world.graph.forget(ACCOUNTS.work.user)
      return [await world.run(TRIAGE, {killAfterMs: 200 + chance.below(700)})]
    },
  },
  {
    name: 'the IMAP server starts anew while it is read',
    fails: null,
    play: async (world, chance) => {
      const running = world.run(TRIAGE)
      await sleep(150 + chance.below(400))
      await world.dovecot.restart()
      return [await running]
    },
  },
]

/** Takes back whatever a calamity has done to the servers. */
export async function restore({proxies, dovecot, graph}: MailWorld, name: string): Promise<void> {
  for (const proxy of Object.values(proxies)) proxy.always({})
  graph.behave()
  graph.showCertificate('good')
  if (name.includes('refuses')) await proxies.home.listen()
  if (!name.includes('certificate of the IMAP')) return
  dovecot.showCertificate('good')
  await dovecot.restart()
}

async function one(world: MailWorld): Promise<Ran[]> {
  return [await world.run(TRIAGE)]
}

function onUser(chance: Dice): RegExp {
  return new RegExp(`users/${chance.pick(GRAPH_USERS).split('@')[0]}@`)
}

async function killedAtCall(world: MailWorld, chance: Dice, who: KillPoint['who']): Promise<Ran[]> {
  const {own, gits} = world.calls
  const git = chance.below(Math.max(1, gits.length))
  const calls = who === 'mcos' ? own : (gits[git] ?? [])
  if (calls.length === 0) return one(world)
  const point: KillPoint = {who, process: who === 'mcos' ? 0 : git + 1, ...chance.pick(calls)}
  // The trap counts from its beginning.
  rmSync(join(world.fleet.dir, 'trap'), {recursive: true, force: true})
  const {through, path} = setTrap(world.fleet.dir, point)
  return [await world.run(TRIAGE, {through, path})]
}

/** The calls of a triage that finds something, and of each git that it starts: where kills can fall. */
export async function recordCalls(world: Pick<MailWorld, 'fleet' | 'run'>, bring: () => Promise<void>): Promise<Calls> {
  const log = join(world.fleet.dir, 'calls')
  await bring()
  await world.run(TRIAGE, {through: recordOwn(log)})
  await bring()
  const {path} = recordGits(world.fleet.dir)
  await world.run(TRIAGE, {path})
  const bin = join(world.fleet.dir, 'trap')
  const logs = readdirSync(bin).filter((name) => name.startsWith('git.'))
  return {
    own: callsIn(readFileSync(log, 'utf8')),
    gits: logs.map((_, index) => callsIn(readFileSync(join(bin, `git.${index + 1}`), 'utf8'))),
  }
}
