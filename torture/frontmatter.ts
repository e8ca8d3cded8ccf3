import {isUserError} from '../src/kit/errors.js'
import {readFrontmatter} from '../src/kit/frontmatter.js'
import {parseGuardrail} from '../src/workspace/guardrail-file.js'
import {parseSoul} from '../src/workspace/parse-soul.js'
import {parseTask} from '../src/workspace/task-file.js'
import {dice} from './dice.js'
import {HOSTILE} from './hostile-headers.js'
import {type Torture, type TortureOptions, type TortureReport, Wrongs} from './torture.js'

const MOST_MS = 100

/** Every way a header is read; each either gives a value or says what is wrong. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  strict: (text) => readFrontmatter(text, 'FILE.md').head?.data,
  lenient: (text) => readFrontmatter(text, 'FILE.md', {lenient: true}).head?.data,
  soul: (text) => parseSoul(text, 'FILE.md'),
  guardrail: (text) => parseGuardrail(text, 'FILE.md'),
  task: (text) => parseTask(text, 'FILE.md'),
}

/** Reads `rounds` hostile headers every way; wrong is what ran, crashed, polluted a prototype or took its time. */
export async function run({rounds, seed}: TortureOptions): Promise<TortureReport> {
  const chance = dice(seed)
  const wrongs = new Wrongs()
  const counts = {headers: 0, read: 0, refused: 0, executed: 0, crashes: 0, polluted: 0, slow: 0, slowestMs: 0}
  for (const read of Object.values(READERS)) attempt(read, '---\nrole: warm\n---\n')
  for (let round = 0; round < rounds; round++) {
    const kind = chance.pick(Object.keys(HOSTILE))
    const text = HOSTILE[kind]?.(chance) ?? ''
    counts.headers++
    for (const [name, read] of Object.entries(READERS)) {
      const first = attempt(read, text)
      // A busy machine can make anything slow once; what is slow by itself is slow each time.
      const ms = first.ms <= MOST_MS ? first.ms : Math.min(attempt(read, text).ms, attempt(read, text).ms)
      counts[first.outcome]++
      counts.slowestMs = Math.max(counts.slowestMs, Math.round(ms))
      const tell = (what: 'executed' | 'crashes' | 'polluted' | 'slow') => {
        counts[what]++
        wrongs.add(`${what}: ${name}, ${kind}: ${first.error ?? JSON.stringify(text.slice(0, 80))}`)
      }
      if (first.outcome === 'crashes') wrongs.add(`crash: ${name}, ${kind}: ${first.error}`)
      if (ms > MOST_MS) tell('slow')
      if (Reflect.deleteProperty(globalThis, 'mcosWasHere') && first.ran) tell('executed')
      if (Reflect.has({}, 'polluted')) tell('polluted')
    }
  }
  return {counts, wrong: wrongs.count, examples: wrongs.examples}
}

interface Attempt {
  readonly outcome: 'read' | 'refused' | 'crashes'
  readonly ms: number
  readonly ran: boolean
  readonly error?: string
}

function attempt(read: (text: string) => unknown, text: string): Attempt {
  const started = performance.now()
  const cpu = process.cpuUsage()
  let outcome: Attempt['outcome'] = 'read'
  let error: string | undefined
  try {
    read(text)
  } catch (thrown) {
    const isNamed = isUserError(thrown) && thrown.message.startsWith('FILE.md:')
    outcome = isNamed ? 'refused' : 'crashes'
    if (!isNamed) error = String(thrown)
  }
  const {user, system} = process.cpuUsage(cpu)
  // Waiting for a processor that others use is not this reader's time.
  const ms = Math.min(performance.now() - started, (user + system) / 1000)
  const ran = Reflect.has(globalThis, 'mcosWasHere')
  return {outcome, ms, ran, ...(error === undefined ? {} : {error})}
}

export const torture: Torture = {
  what: 'hostile headers, read every way',
  shortRounds: 600,
  longRounds: 10_000,
  run,
}
