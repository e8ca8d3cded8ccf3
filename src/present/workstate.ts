import type {CheckedWorkstate} from '../app/workstate/check-workstate.js'
import type {FlushedWorkstate} from '../app/workstate/write-workstate.js'
import type {ClearedWorkstate, ShownWorkstate} from '../app/workstate.js'

/** The file as it is, or that the agent is in the middle of nothing. */
export function presentWorkstate({agent, with: person, path, text, tokens}: ShownWorkstate): string {
  if (text.trim() === '')
    return `${agent} is in the middle of nothing${person === null ? '' : ` with ${person}`}: there is no ${path}.`
  return `${text.trimEnd()}\n\n${path}, about ${tokens} tokens`
}

/** What was gathered and from where; what it put an end to stands in the day's log. */
export function presentFlushed({path, from, tokens, facts, superseded, commit}: FlushedWorkstate): string {
  if (commit === null) return `${path} said all of it already.`
  const ended =
    superseded.length === 0
      ? ''
      : `, ${superseded.length} no longer ${superseded.length === 1 ? 'holds and is' : 'hold and are'} in the day's log`
  return `Wrote ${path} from ${from}: ${lineCount(facts)}, about ${tokens} tokens${ended}.`
}

/** One line for each trouble, or that there is none. */
export function presentChecked({agent, path, exists, tokens, hours, troubles}: CheckedWorkstate): string {
  if (!exists) return `${agent} is in the middle of nothing: there is no ${path}.`
  if (troubles.length > 0) return troubles.join('\n')
  return `${path} is whole: about ${tokens} tokens${hours === null ? '' : `, ${Math.max(0, hours)} h old`}.`
}

/** Where it went, and what stays until a person lifts it. */
export function presentCleared({path, lines, standing, log, commit}: ClearedWorkstate): string {
  if (commit === null) return `There was nothing to clear in ${path}.`
  const stays =
    standing.length === 0
      ? []
      : ['These stay until you lift them (--all lifts them too):', ...standing.map((line) => `  ${line}`)]
  return [`Cleared ${path}: ${lineCount(lines)} ${lines === 1 ? 'is' : 'are'} in ${log}.`, ...stays].join('\n')
}

function lineCount(lines: number): string {
  return `${lines} ${lines === 1 ? 'line' : 'lines'}`
}
