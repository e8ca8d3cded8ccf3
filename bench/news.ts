import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {MCOS_WATCHED} from './built.js'
import {type BenchFleet, BUSY_HEARTBEAT} from './fleet.js'
import type {Stopwatch} from './stopwatch.js'

/** A heartbeat whose quiet hours are never now, whenever the bench is run. */
export function wakefulHeartbeat(now: number): string {
  const hour = (ahead: number): string => String((new Date(now).getUTCHours() + ahead) % 24).padStart(2, '0')
  return BUSY_HEARTBEAT.replace(/^Quiet hours:.*$/m, `Quiet hours: ${hour(8)}:00-${hour(14)}:00`)
}

let count = 0

/** Something new for each of these agents: a signed message, and a file that a probe watches. */
export function makeNews(fleet: BenchFleet, agents: readonly string[]): void {
  for (const agent of agents) {
    count++
    fleet.send(agent, `The crew at gate ${count} asks for the second key.`, Date.now())
    fleet.write(`workspaces/${agent}/requests/first.md`, `Request ${count}.\n`)
  }
}

/** A comparable change by hand, staged: the message under its new name, and lines in the day's log. */
export function stageByHand(fleet: BenchFleet, agent: string): void {
  count++
  fleet.write(`workspaces/${agent}/inbox/cur/${count}.md`, `${'A message of ordinary length. '.repeat(20)}${count}\n`)
  const date = new Date().toISOString().slice(0, 10)
  const lines = Array.from({length: 8}, (_, line) => `- line ${line} of entry ${count}`)
  fleet.write(`workspaces/${agent}/memory/${date}.md`, `# ${date}\n\n${lines.join('\n')}\n`)
  fleet.git('add', '-A')
}

/** `git commit` as a person types it, its files staged before. */
export function commitByHand({dir}: BenchFleet): {argv: readonly string[]; cwd: string} {
  return {argv: ['git', 'commit', '-q', '-m', 'By hand'], cwd: dir}
}

/** The most memory that one whole heartbeat held, in MB. */
export async function peakOf(fleet: BenchFleet, stopwatch: Stopwatch): Promise<number> {
  const file = join(fleet.dir, '.mcos', 'peak-memory')
  await stopwatch.time({argv: [...MCOS_WATCHED, 'heartbeat'], cwd: fleet.dir, env: {PEAK_MEMORY_FILE: file}})
  return Number(readFileSync(file, 'utf8')) / 1024
}

/** The turns that agents have committed so far. */
export function countTurns(fleet: BenchFleet): number {
  return Number(fleet.git('rev-list', '--count', '--author=agent-', 'HEAD'))
}

/** Ends the bench when a beat did not do the work that it was measured for. */
export function insistOnCommits(fleet: BenchFleet, expected: number): void {
  const found = countTurns(fleet)
  if (found !== expected) throw new Error(`${expected} turns were measured, and ${found} were committed`)
}
