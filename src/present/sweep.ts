import type {SweepReport} from '../app/sweep/sweep-fleet.js'
import type {SweepStep} from '../app/sweep/sweep-step.js'

/** So many of a kind are named one by one; of more, the first and how many follow. */
const MOST_NAMED = 3

/** What upkeep did or would do, a line a thing, and what it came to. */
export function presentSweep({dry_run, plan, done, kept, freed_bytes}: SweepReport): string {
  if (plan.length === 0) return 'There is nothing to sweep.'
  const stays = kept.map(({path, because}) => `  ${path} stays: ${because}`)
  if (dry_run)
    return [...linesOf(plan), `This would free up to ${sizeWord(totalOf(plan))}: mcos fleet sweep`].join('\n')
  return [...linesOf(done), ...stays, `${sizeWord(freed_bytes)} freed.`].join('\n')
}

function linesOf(steps: readonly SweepStep[]): string[] {
  const groups = new Map<string, SweepStep[]>()
  for (const step of steps) {
    const key = `${step.kind} ${step.why}`
    groups.set(key, [...(groups.get(key) ?? []), step])
  }
  return [...groups.values()].flatMap((group) => {
    const named = group.length > MOST_NAMED ? group.slice(0, 1) : group
    const lines = named.map((step) => `${step.path}  ${sizeWord(step.bytes)}  ${step.why}`)
    const more = group.slice(named.length)
    return more.length === 0 ? lines : [...lines, `  and ${more.length} more  ${sizeWord(totalOf(more))}`]
  })
}

function totalOf(steps: readonly SweepStep[]): number {
  return steps.filter(({kind}) => kind !== 'git').reduce((sum, {bytes}) => sum + bytes, 0)
}

function sizeWord(bytes: number): string {
  const size = Math.max(0, bytes)
  if (size < 1024) return `${size} B`
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} kB`
  return `${(size / 1024 / 1024).toFixed(1)} MB`
}
