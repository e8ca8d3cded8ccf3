import {type Place, unreadable} from '../kit/errors.js'
import {formatHead, parseHead, salvageHead, type WorkstateHead} from './workstate-head.js'

/** What an agent's work is in the middle of, so that a new context can go on. */
export interface Workstate {
  readonly head: WorkstateHead
  readonly goal: string
  readonly plan: readonly PlanStep[]
  readonly decisions: readonly string[]
  readonly facts: readonly string[]
  readonly questions: readonly string[]
  readonly waiting: readonly string[]
  readonly files: readonly string[]
  readonly messages: readonly string[]
  readonly exchanges: readonly string[]
  /** Sections that only people or other tools know; kept at the end. */
  readonly other: readonly {readonly title: string; readonly text: string}[]
  /** Titles of the nine that the file lacks: it was cut off, or edited by hand. */
  readonly missing: readonly string[]
}

export interface PlanStep {
  readonly state: 'done' | 'doing' | 'next'
  readonly text: string
}

type ListKey = 'decisions' | 'facts' | 'questions' | 'waiting' | 'files' | 'messages' | 'exchanges'

const LISTS: Readonly<Record<ListKey, string>> = {
  decisions: 'Decisions',
  facts: 'Facts that must not be lost',
  questions: 'Open questions',
  waiting: 'Waiting for',
  files: 'Files touched',
  messages: 'Messages',
  exchanges: 'Last exchanges',
}

/** The nine sections, in their order. */
export const WORKSTATE_SECTIONS: readonly string[] = ['Goal', 'Plan', ...Object.values(LISTS)]

const BOXES: Readonly<Record<PlanStep['state'], string>> = {done: '[x]', doing: '[~]', next: '[ ]'}

export const EMPTY_WORKSTATE: Workstate = {
  head: {turn: null, at: null, contextUsed: null, window: null, engine: null, resumes: 0, other: []},
  goal: '',
  plan: [],
  decisions: [],
  facts: [],
  questions: [],
  waiting: [],
  files: [],
  messages: [],
  exchanges: [],
  other: [],
  missing: [],
}

/** The whole file, all nine sections in their order, then whatever else it had. */
export function formatWorkstate(state: Workstate): string {
  const others = (isLoose: boolean) => state.other.filter(({title}) => (title === '') === isLoose)
  const sections = [
    ...others(true).map(({text}) => `${text}\n`),
    section('Goal', escapeProse(state.goal)),
    section('Plan', bullets(state.plan.map(({state: step, text}) => `${BOXES[step]} ${text}`))),
    ...Object.entries(LISTS).map(([key, title]) => section(title, bullets(state[key as ListKey]))),
    ...others(false).map(({title, text}) => section(title, text)),
  ]
  return `${formatHead(state.head)}${sections.join('\n')}`
}

/** Reads what `formatWorkstate` wrote, and what a person made of it: a line that is no bullet is an item of its own. */
export function parseWorkstate(text: string, file: string): Workstate {
  const {head, body, bodyLine} = parseHead(asWritten(text), file)
  return readSections(head, body, ({line, title}) => {
    throw twice({file, line: bodyLine + line}, title)
  })
}

/**
 * What still says something of a file that `parseWorkstate` refuses, so that nobody's mistake in its header costs the work
 * below it: sections that stand twice are put together, and `rest` is the text in no section.
 */
export function salvageWorkstate(text: string): {readonly state: Workstate; readonly rest: string} {
  const {head, body} = salvageHead(asWritten(text))
  const state = readSections(head, body, () => {})
  const isLoose = ({title}: {readonly title: string}) => title === ''
  const rest = state.other.filter(isLoose).map((part) => part.text)
  return {state: {...state, other: state.other.filter((part) => !isLoose(part))}, rest: rest.join('\n')}
}

function asWritten(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r\n/g, '\n')
}

function readSections(
  head: WorkstateHead,
  body: string,
  onSecond: (second: {readonly title: string; readonly line: number}) => void,
): Workstate {
  const found = new Map<string, string>()
  const other: {title: string; text: string}[] = []
  for (const {title, text: content, line} of splitSections(body)) {
    const known = WORKSTATE_SECTIONS.find((name) => name.toLowerCase() === title.toLowerCase())
    if (!known) {
      if (title !== '' || content.trim() !== '') other.push({title, text: content.trim()})
      continue
    }
    const first = found.get(known)
    if (first !== undefined) onSecond({title: known, line})
    found.set(known, first === undefined ? content : `${first}\n${content}`)
  }
  const items = (title: string): string[] => readBullets(found.get(title) ?? '')
  const lists = Object.fromEntries(Object.entries(LISTS).map(([key, title]) => [key, items(title)]))
  return {
    head,
    goal: unescapeProse((found.get('Goal') ?? '').trim()),
    plan: items('Plan').map(readStep),
    ...(lists as Record<ListKey, string[]>),
    other,
    missing: WORKSTATE_SECTIONS.filter((title) => !found.has(title)),
  }
}

function section(title: string, content: string): string {
  return content === '' ? `## ${title}\n` : `## ${title}\n${content}\n`
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item.trim().replace(/\n/g, '\n  ')}`).join('\n')
}

/** A goal that has lines like headings keeps them as text. */
function escapeProse(text: string): string {
  return text.trim().replace(/^(\\*)(?=## )/gm, '$1\\')
}

function unescapeProse(text: string): string {
  return text.replace(/^\\(\\*)(?=## )/gm, '$1')
}

function readBullets(content: string): string[] {
  const items: string[] = []
  let isOpen = false
  for (const line of content.split('\n')) {
    if (line.startsWith('- ')) items.push(line.slice(2))
    else if (isOpen && /^ {2}/.test(line)) items[items.length - 1] += `\n${line.slice(2)}`
    else if (line.trim() !== '') items.push(line.trim())
    isOpen = isOpen ? line.trim() !== '' || line.startsWith('  ') : line.startsWith('- ')
  }
  return items.map((item) => item.trim()).filter((item) => item !== '')
}

function readStep(item: string): PlanStep {
  const [, box = ' ', text = ''] = /^\[([ xX~>])\] ?([\s\S]*)$/.exec(item) ?? [null, ' ', item]
  const state = /x/i.test(box) ? 'done' : /[~>]/.test(box) ? 'doing' : 'next'
  return {state, text: text.trim()}
}

function splitSections(body: string): {title: string; text: string; line: number}[] {
  const sections: {title: string; lines: string[]; line: number}[] = [{title: '', lines: [], line: 0}]
  body.split('\n').forEach((line, index) => {
    const title = /^## +(.*?) *$/.exec(line)?.[1]
    if (title === undefined) sections.at(-1)?.lines.push(line)
    else sections.push({title, lines: [], line: index})
  })
  return sections.map(({title, lines, line}) => ({title, text: lines.join('\n'), line}))
}

function twice(place: Place, title: string): Error {
  return unreadable(place, {
    expected: `one section "${title}"`,
    got: 'a second one',
    fix: `Put both together in ${place.file}, or run: git restore ${place.file}`,
  })
}
