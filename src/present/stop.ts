import type {StopState} from '../app/stop.js'

/** One line: who stands still, by which file, and how it goes on. */
export function presentStop({agent, stopped, file, changed}: StopState): string {
  const who = agent ?? 'The fleet'
  const resume = `mcos resume${agent === null ? '' : ` ${agent}`}`
  if (stopped && changed) return `${who} is stopped (${file}). It goes on after: ${resume}`
  if (stopped && file.endsWith(`.${agent}`))
    return `${who} is still stopped with the whole fleet. It goes on after: mcos resume`
  if (stopped) return `${who} was stopped already (${file}).`
  return changed ? `${who} goes on.` : `${who} was not stopped.`
}
