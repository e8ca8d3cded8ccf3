import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {type Dovecot, startDovecot} from '../testing/dovecot/server.js'
import {startFaultProxy} from '../testing/fault-proxy.js'
import type {Bench, BenchReport, Figure} from './bench.js'
import type {BenchFleet} from './fleet.js'
import {mailCommand, makeMailFleet, READER} from './mail-fleet.js'
import {makeMails} from './mailbox.js'
import {mbsyncOf} from './mbsync.js'
import {median, spread} from './rounds.js'
import type {Command, Stopwatch} from './stopwatch.js'

const NEW = 10
/** After a change of its copy mbsync waits for the next second, to be sure of its times: it gets that rest unmeasured. */
const REST_MS = 1_200

/** What a look at a mailbox costs: whole processes, against mbsync on the same server. */
export const bench: Bench = {
  what: 'a mailbox of 20,000: nothing new, ten new, the first look, against mbsync',
  async run({isShort, stopwatch, say}) {
    const lacks = ['mbsync', 'openssl', 'setpriv'].filter((program) => spawnSync(program, ['--version']).error)
    if (lacks.length > 0) return {figures: [], raw: {}, missing: [`no figures: ${lacks.join(', ')} is not installed`]}
    const server = await startDovecot({users: {[READER.user]: READER.password}})
    try {
      const count = isShort ? 2_000 : 20_000
      const yesterday = Date.now() - 86_400_000
      server.deliverAll(READER.user, makeMails(count, {until: yesterday}), {flags: ['\\Seen']})
      return await measure(server, {count, rounds: isShort ? 3 : 15, firsts: isShort ? 1 : 2, stopwatch, say})
    } finally {
      await server.close()
    }
  },
}

interface Course {
  readonly count: number
  readonly rounds: number
  /** How often everything is looked at for the first time. */
  readonly firsts: number
  readonly stopwatch: Stopwatch
  say(text: string): void
}

type What = 'first' | 'nothing' | 'ten'
type Samples = Record<What, number[]>

interface Taken {
  readonly bare: number[]
  readonly mcos: Samples
  readonly mbsync: Samples
}

async function measure(server: Dovecot, course: Course): Promise<BenchReport> {
  const taken: Taken = {bare: [], mcos: {first: [], nothing: [], ten: []}, mbsync: {first: [], nothing: [], ten: []}}
  const copies = mkdtempSync(join(tmpdir(), 'mcos-bench-mbsync-'))
  const fleets: BenchFleet[] = []
  /** Somebody who has never seen this mailbox, twice: as a fleet and as a copy. */
  const newcomer = (): {beat: Command; sync: Command} => {
    const fleet = makeMailFleet({host: server.host, port: server.tlsPort, tls: 'implicit', ca: server.ca})
    fleets.push(fleet)
    return {
      beat: mailCommand(fleet, 'heartbeat'),
      sync: mbsyncOf(server, {dir: join(copies, String(fleets.length)), ...READER}),
    }
  }
  try {
    // The server makes its own index at the first look of anybody, which is nobody's cost.
    await course.stopwatch.time(newcomer().beat)
    const known = await takeFirstLooks(newcomer, course, taken)
    await takeLooks(server, known, {...course, taken, cwd: copies})
    return reportOf(taken, course, await countBytes(server, course.stopwatch))
  } finally {
    for (const fleet of fleets) fleet.remove()
    rmSync(copies, {recursive: true, force: true})
  }
}

type Known = {readonly beat: Command; readonly sync: Command}

async function takeFirstLooks(newcomer: () => Known, course: Course, {mcos, mbsync}: Taken): Promise<Known> {
  let known = newcomer()
  for (let round = 1; round <= course.firsts; round++) {
    course.say(`the first look at ${course.count} mails, ${round} of ${course.firsts}`)
    if (round > 1) known = newcomer()
    mcos.first.push(await course.stopwatch.time(known.beat))
    mbsync.first.push(await course.stopwatch.time(known.sync))
  }
  return known
}

/** Nothing new, then ten new, for both; the first round only warms up. */
async function takeLooks(
  server: Dovecot,
  {beat, sync}: Known,
  {count, rounds, stopwatch, taken, cwd}: Course & {readonly taken: Taken; readonly cwd: string},
): Promise<void> {
  for (let round = 0; round <= rounds; round++) {
    await sleep(REST_MS)
    const bare = await stopwatch.time({argv: [process.execPath, '-e', '0'], cwd})
    const nothing = [await stopwatch.time(beat), await stopwatch.time(sync)] as const
    server.deliverAll(READER.user, makeMails(NEW, {until: Date.now(), from: count + round * NEW}))
    const ten = [await stopwatch.time(beat), await stopwatch.time(sync)] as const
    if (round === 0) continue
    taken.bare.push(bare)
    taken.mcos.nothing.push(nothing[0])
    taken.mbsync.nothing.push(nothing[1])
    taken.mcos.ten.push(ten[0])
    taken.mbsync.ten.push(ten[1])
  }
}

function reportOf({bare: bares, mcos, mbsync}: Taken, {count}: Course, bytes: Bytes): BenchReport {
  const bare = median(bares)
  const ratio = (name: string, what: What, atMost: number): Figure => ({
    what: name,
    value: (median(mcos[what]) - bare) / median(mbsync[what]),
    unit: '×',
    atMost,
    note: `${spread(mcos[what])}, of which bare node ${Math.round(bare)} ms; mbsync ${spread(mbsync[what])}`,
  })
  return {
    figures: [
      ratio('nothing new', 'nothing', 1.2),
      ratio('ten new', 'ten', 1.3),
      ratio(`the first look at ${count} mails`, 'first', 0.2),
      {
        what: 'received beyond the login, nothing new',
        value: bytes.received,
        unit: 'bytes',
        atMost: 2_048,
        note: `counted between mcos and the server; ${bytes.sent} bytes sent in all`,
        isExact: true,
      },
    ],
    raw: {bare: bares, mcos, mbsync},
    missing: [],
  }
}

interface Bytes {
  readonly received: number
  readonly sent: number
}

/** What the server says once it knows who asks, when there is nothing to tell. */
async function countBytes(server: Dovecot, stopwatch: Stopwatch): Promise<Bytes> {
  const proxy = await startFaultProxy({host: server.host, port: server.port})
  const fleet = makeMailFleet({host: proxy.host, port: proxy.port, tls: 'none', ca: server.ca})
  try {
    const beat = mailCommand(fleet, 'heartbeat')
    await stopwatch.time(beat)
    const before = proxy.connections.length
    await stopwatch.time(beat)
    const news = proxy.connections.slice(before)
    if (news.length === 0) throw new Error('nobody asked the server anything')
    const sum = (of: 'receivedBeyondLogin' | 'sent'): number => news.reduce((total, one) => total + one[of], 0)
    return {received: sum('receivedBeyondLogin'), sent: sum('sent')}
  } finally {
    fleet.remove()
    await proxy.close()
  }
}
