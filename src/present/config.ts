import type {ConfigCheck, ConfigProblem, ConfigReport} from '../app/config.js'
import {formatTable} from './table.js'

/** Every value with where it came from. */
export function presentConfig({home, values}: ConfigReport): string {
  const rows = values.map(({key, value, source}) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
    source,
  ])
  return `${home}\n\n${formatTable(['key', 'value', 'from'], rows)}`
}

/** What is wrong first, what is odd after it, each with its fix. */
export function presentConfigCheck({ok, files, problems, warnings}: ConfigCheck): string {
  return [
    ...problems.flatMap((problem) => presentProblem('error', problem)),
    ...warnings.flatMap((problem) => presentProblem('warning', problem)),
    `${files} files read: ${ok ? 'no errors' : `${problems.length} with errors`}, ${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}.`,
  ].join('\n')
}

function presentProblem(kind: string, {message, fix}: ConfigProblem): string[] {
  return [`${kind}: ${message}`, `  ${fix}`]
}
