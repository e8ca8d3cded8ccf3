import type {ReviewItem, ReviewReport} from '../app/review.js'
import {cleanLine, shorten} from '../kit/text.js'

const TITLES: Readonly<Record<ReviewItem['kind'], string>> = {
  approval: 'Approvals',
  proposal: 'Proposed for memory, wiki and guardrails',
  message: 'Messages',
  alert: 'Alerts that ask',
  unreadable: 'Unreadable',
}

/** One page: what waits, by its kind and agent, each with the commands that deal with it. */
export function presentReview({fleet, waiting, items}: ReviewReport): string {
  if (items.length === 0) return `Nothing waits for you in ${cleanLine(fleet)}.`
  const kinds = Object.keys(TITLES) as ReviewItem['kind'][]
  const parts = kinds.flatMap((kind) => {
    const own = items.filter((item) => item.kind === kind)
    return own.length === 0 ? [] : [[`${TITLES[kind]} (${own.length})`, ...own.flatMap(presentItem)].join('\n')]
  })
  return [`${waiting} ${waiting === 1 ? 'thing waits' : 'things wait'} for you in ${cleanLine(fleet)}.`, ...parts].join(
    '\n\n',
  )
}

function presentItem({agent, what, why, at, expires, commands}: ReviewItem): string[] {
  const who = agent === null ? '' : `${agent}: `
  const times = [at === null ? null : moment(at), expires === null ? null : `until ${moment(expires)}`, why]
  const facts = times.filter((fact) => fact !== null).join(', ')
  return [
    `- ${shorten(cleanLine(`${who}${what}`), 160)}`,
    ...(facts === '' ? [] : [`  ${shorten(cleanLine(facts), 160)}`]),
    ...commands.map((command) => `    ${cleanLine(command)}`),
  ]
}

function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}
