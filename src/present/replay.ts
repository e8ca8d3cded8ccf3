import type {ReplayReport} from '../app/replay.js'

/** One line when all is as it was; otherwise what differs, one line each. */
export function presentReplay({turn, requests, commit, same, differences}: ReplayReport): string {
  const sent = `${requests} ${requests === 1 ? 'request' : 'requests'}`
  if (same)
    return `${turn} again, from ${commit.slice(0, 10)}: ${sent}, the same changes. Ids and signatures are made anew each time.`
  const lines = differences.map(({what, detail}) => `  ${what}: ${detail}`)
  const count = `${differences.length} ${differences.length === 1 ? 'thing differs' : 'things differ'}`
  return [`${turn} again, from ${commit.slice(0, 10)}, ${sent}; ${count}:`, ...lines].join('\n')
}
