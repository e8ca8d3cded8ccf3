import {statfs} from 'node:fs/promises'
import {resolve} from 'node:path'
import {failedReading, type Probe} from './probe.js'

interface DiskRule {
  readonly path: string
  readonly isStrict: boolean
  readonly percent: number
}

/** How full a file system is, as `df` counts; an alert as soon as the condition does not hold. */
export const diskProbe: Probe = {
  word: 'disk',
  baseline: false,
  async read({args}, {home, agent, env}) {
    const rule = parseDiskRule(args)
    if (!rule) return failedReading('disk needs a path and a limit, as in: disk / < 90%')
    const {path, percent, isStrict} = rule
    try {
      const used = await usedPercent(resolve(home.dir, agent.path, path.replace(/^~(?=\/|$)/, env['HOME'] ?? '~')))
      const holds = isStrict ? used < percent : used <= percent
      const detail = `${path} is ${Math.round(used)} % full`
      if (holds) return {level: 'ok', fingerprint: 'ok', detail, items: []}
      return {level: 'alert', fingerprint: 'alert', detail: `${detail}, it should stay below ${percent} %`}
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
      return failedReading(code === 'ENOENT' ? `there is no ${path}` : `${path} can't be measured (${code})`)
    }
  },
}

/** Reads `PATH < 90%`; null for anything else, since a condition that is guessed guards nothing. */
export function parseDiskRule(args: string): DiskRule | null {
  const [, path, operator, number] = /^(\S.*?)\s*(<=?)\s*(\d{1,3}(?:\.\d+)?)\s*%$/.exec(args.trim()) ?? []
  if (!path || Number(number) > 100) return null
  return {path, isStrict: operator === '<', percent: Number(number)}
}

async function usedPercent(path: string): Promise<number> {
  const {blocks, bfree, bavail} = await statfs(path)
  const used = blocks - bfree
  return used + bavail === 0 ? 0 : (used / (used + bavail)) * 100
}
