import type {DayLog} from '../app/log.js'

/** The day as its file tells it; after adding a line only that it is there. */
export function presentLog({agent, date, path, text, added, commit}: DayLog): string {
  if (added) return `Added to ${path}${commit === null ? ', not committed' : ''}.`
  return text.trim() === '' ? `${agent} has written nothing on ${date}.` : text
}
