import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {messageFileName, messageTime} from '../src/bus/file-name.js'
import {formatMessage as formatCommitMessage} from '../src/history/fast-import.js'
import {fixedClock} from '../src/kit/clock.js'
import {newId, newTurnId} from '../src/kit/ids.js'
import {formatLogEntry} from '../src/workspace/daily-log.js'
import {formatMessage, type Message} from '../src/workspace/message-file.js'
import type {BenchFleet} from './fleet.js'

export interface YearWish {
  readonly days: number
  /** The day after the last one, in milliseconds since the epoch. */
  readonly until: number
  readonly beatMinutes: number
  /** How many of the beats have news, 0 to 1. */
  readonly newsShare: number
}

const DAY_MS = 86_400_000

/**
 * Gives a fleet the past it would have if it had beaten all the time: a commit for each beat with news, daily logs that
 * grow turn by turn, and every second turn a message to a colleague, which the colleague's next turn files under its
 * month. Written by one fast-import, as beating it out would take a day. Returns the number of commits.
 */
export async function writeHistory(fleet: BenchFleet, wish: YearWish): Promise<number> {
  const head = fleet.git('rev-parse', 'HEAD').trim()
  const child = spawn('git', ['fast-import', '--quiet', '--done', '--date-format=raw'], {
    cwd: fleet.dir,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  const ended = once(child, 'close')
  let commits = 0
  for (const chunk of beats(fleet, wish)) {
    const from = commits === 0 ? `from ${head}\n` : ''
    const {text, meta} = chunk
    const data = Buffer.byteLength(meta)
    const whole = `commit refs/heads/main\n${chunk.who}data ${data}\n${meta}\n${from}${text}\n`
    if (!child.stdin.write(whole)) await once(child.stdin, 'drain')
    commits++
  }
  child.stdin.end('done\n')
  const [code] = await ended
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`)
  fleet.git('reset', '-q', '--hard')
  return commits
}

interface Turn {
  readonly who: string
  readonly meta: string
  readonly text: string
}

/** What waits unread for an agent: file names. */
type Waiting = Map<string, string[]>

function* beats(fleet: BenchFleet, {days, until, beatMinutes, newsShare}: YearWish): Generator<Turn> {
  const dice = seeded(20_261_121)
  const waiting: Waiting = new Map(fleet.agents.map((name) => [name, []]))
  for (let day = days; day > 0; day--) {
    const logs = new Map<string, string>()
    for (let minute = 0; minute < 1440; minute += beatMinutes) {
      for (const [index, agent] of fleet.agents.entries()) {
        if (dice() >= newsShare) continue
        const at = until - day * DAY_MS + minute * 60_000 + index
        const to = fleet.agents[Math.floor(dice() * fleet.agents.length)] ?? agent
        yield turn({agent, at, colleague: dice() < 0.5 && to !== agent ? to : null}, {logs, waiting, dice})
      }
    }
  }
}

interface Past {
  /** The day's logs so far, by agent. */
  readonly logs: Map<string, string>
  readonly waiting: Waiting
  readonly dice: () => number
}

function turn(
  {agent, at, colleague}: {agent: string; at: number; colleague: string | null},
  {logs, waiting, dice}: Past,
): Turn {
  const id = newTurnId(fixedClock(at))
  const date = new Date(at).toISOString().slice(0, 10)
  const found = waiting.get(agent)?.shift()
  const lines = [
    found === undefined ? `requests/${pick(WORDS, dice)}.md changed` : `message ${found} read`,
    `${pick(WORDS, dice)} ${pick(WORDS, dice)} ${pick(WORDS, dice)}, ${Math.floor(dice() * 1000)} left to look at`,
  ]
  const entry = formatLogEntry({time: new Date(at).toISOString().slice(11, 16), trigger: 'heartbeat', turn: id, lines})
  const log = `${logs.get(agent) ?? `# ${date}\n`}\n${entry}`
  logs.set(agent, log)
  const folder = `workspaces/${agent}`
  const files = [inline(`${folder}/memory/${date}.md`, log)]
  if (found !== undefined)
    files.push(`R ${folder}/inbox/new/${found} ${folder}/inbox/done/${date.slice(0, 7)}/${found}\n`)
  if (colleague !== null) {
    const message = write({from: agent, to: colleague, at}, dice)
    const name = messageFileName(message)
    files.push(inline(`workspaces/${colleague}/inbox/new/${name}`, formatMessage(message)))
    waiting.get(colleague)?.push(name)
  }
  const stamp = `${agent} <${agent}@northwind.mcos> ${Math.floor(at / 1000)} +0000\n`
  const trailers = [
    ['Mcos-Agent', agent],
    ['Mcos-Turn', id],
    ['Mcos-Trigger', 'heartbeat'],
    ['Mcos-Engine', 'rules'],
    ['Mcos-Tokens', '0'],
    ['Mcos-Cost-USD', '0'],
  ] as const
  const author = {name: agent, email: `${agent}@northwind.mcos`}
  const meta = formatCommitMessage(id, {subject: `${agent}: ${lines[0]}`, body: lines.join('\n'), author, at, trailers})
  return {who: `author ${stamp}committer ${stamp}`, meta, text: files.join('')}
}

function write({from, to, at}: {from: string; to: string; at: number}, dice: () => number): Message {
  const body = Array.from({length: 5 + Math.floor(dice() * 20)}, () => pick(WORDS, dice)).join(' ')
  const noise = Array.from({length: 64}, () => Math.floor(dice() * 256))
  return {
    id: newId(fixedClock(at)),
    from,
    to,
    at: messageTime(at),
    subject: body.slice(0, 40),
    priority: 'normal',
    re: null,
    trace: [],
    hops: 0,
    expires: null,
    taint: null,
    // As long and as hard to pack as a real one; nobody checks a message that is done.
    sig: `ed25519:${Buffer.from(noise).toString('base64')}`,
    body: `${body}\n`,
  }
}

function inline(path: string, text: string): string {
  return `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`
}

const WORDS =
  'gate valve pump quote invoice crew depot ledger survey permit route filter panel meter tender notice'.split(' ')

function pick(words: readonly string[], dice: () => number): string {
  return words[Math.floor(dice() * words.length)] ?? ''
}

/** The same past in every run, so that sizes can be compared. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
