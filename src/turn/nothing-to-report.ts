const TOKEN = /^(?:HEARTBEAT_OK|NO_REPLY)\b|\b(?:HEARTBEAT_OK|NO_REPLY)$/
const MOST_BESIDE = 300

/** Whether a reply says that there is nothing to report: one of the words at its start or end, and little beside it. */
export function hasNothingToReport(text: string): boolean {
  const said = text.replace(/^[\s*_`>]+|[\s*_`.!]+$/g, '')
  const beside = said.replace(TOKEN, '')
  return beside !== said && beside.trim().length <= MOST_BESIDE
}
