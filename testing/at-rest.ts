import {readdirSync, readFileSync} from 'node:fs'
import {setTimeout as sleep} from 'node:timers/promises'

const LOOK_MS = 100

/**
 * Waits until a process and all that it has started only wait, for so long: what they had to say is said, and what they
 * ask for can be typed. Whoever is ready to run but gets no core is not at rest, however busy the machine is.
 */
export async function untilAtRest(pid: number, forMs: number, signal: AbortSignal): Promise<void> {
  let [before, since] = ['', Date.now()]
  for (let now = Date.now(); !signal.aborted && now - since < forMs; now = Date.now()) {
    const marks = family(pid)
    if (marks === null || marks !== before) since = now
    before = marks ?? ''
    await sleep(LOOK_MS)
  }
}

/** Who belongs to it and how long each has run until now; null while one of them runs. */
function family(pid: number): string | null {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readProcess(name) ?? []) : []))
  const known = new Set([pid])
  // A child may have a lower number than its parent.
  for (let size = 0; size !== known.size; ) {
    size = known.size
    for (const one of all) if (known.has(one.parent)) known.add(one.pid)
  }
  const own = all.filter((one) => known.has(one.pid))
  return own.some(({state}) => state !== 'S') ? null : own.map((one) => `${one.pid} ${one.ticks}`).join()
}

function readProcess(name: string) {
  try {
    const [state = '', parent, ...rest] =
      readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return {pid: Number(name), parent: Number(parent), state, ticks: Number(rest[9]) + Number(rest[10])}
  } catch {
    return null // It has just ended.
  }
}
