import {EXIT, UserError} from '../kit/errors.js'
import {cleanLine} from '../kit/text.js'
import {sameName} from './names.js'

export const CONFIDENCES = ['low', 'medium', 'high'] as const

export type Confidence = (typeof CONFIDENCES)[number]

/** One bullet of MEMORY.md; those of older files have neither source nor confidence. */
export interface MemoryFact {
  readonly text: string
  readonly source: string | null
  readonly confidence: Confidence | null
  readonly line: number
}

/** One `## topic`; what stands above the first has no topic. */
export interface MemorySection {
  readonly topic: string | null
  readonly line: number
  readonly facts: readonly MemoryFact[]
}

/** A fact to be kept. */
export interface NewFact {
  readonly topic: string
  readonly fact: string
  /** Such as memory/2026-03-05.md#L12. */
  readonly source: string
  readonly confidence: Confidence
}

const TAIL = /^(.*) \(source: ([^()]*), confidence: (low|medium|high)\)$/

/** Reads any MEMORY.md; nothing in it is an error. */
export function parseMemory(text: string): MemorySection[] {
  const sections: {topic: string | null; line: number; facts: MemoryFact[]}[] = [{topic: null, line: 1, facts: []}]
  for (const {line, number, isFenced} of numberLines(text)) {
    if (isFenced) continue
    const topic = topicOf(line)
    if (topic !== null) sections.push({topic, line: number, facts: []})
    const bullet = /^[-*+] +(.+)$/.exec(line)?.[1]
    if (bullet) sections.at(-1)?.facts.push(parseFact(bullet, number))
  }
  return sections.filter(({topic, facts}) => topic !== null || facts.length > 0)
}

function formatFact({fact, source, confidence}: Omit<NewFact, 'topic'>): string {
  return `- ${cleanLine(fact)} (source: ${cleanLine(source.replace(/[()]/g, ' '))}, confidence: ${confidence})`
}

/** The text with one fact more, at the end of its topic, which is made when it isn't there; every other line stays. */
export function addFact(text: string, fact: NewFact): string {
  const topic = cleanLine(fact.topic).replace(/^#+\s*/, '')
  if (cleanLine(fact.fact) === '' || topic === '') {
    throw new UserError('There is nothing to remember.', {
      code: 'EMPTY_FACT',
      fix: 'mcos memory add AGENT "fact" --topic TOPIC --source FILE',
      exit: EXIT.usage,
    })
  }
  const lines = numberLines(text)
  const start = lines.findIndex(({line, isFenced}) => !isFenced && sameName(topicOf(line) ?? '', topic))
  if (start < 0) {
    const gap = text === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n'
    return `${text}${gap}## ${topic}\n${formatFact(fact)}\n`
  }
  const end = lines.findIndex(({line, isFenced}, index) => index > start && !isFenced && /^#{1,2}(?:\s|$)/.test(line))
  const section = lines.slice(start, end < 0 ? undefined : end)
  const last = section.findLastIndex(({line}) => line.trim() !== '')
  const source = text.split('\n')
  source.splice(start + last + 1, 0, formatFact(fact))
  const joined = source.join('\n')
  return joined.endsWith('\n') ? joined : `${joined}\n`
}

/** Whether a fact is there already, in any topic, however it was cased. */
export function hasFact(sections: readonly MemorySection[], fact: string): boolean {
  const wanted = cleanLine(fact)
  return sections.some(({facts}) => facts.some(({text}) => sameName(text, wanted)))
}

function parseFact(bullet: string, line: number): MemoryFact {
  const [, text, source, word] = TAIL.exec(bullet.trimEnd()) ?? []
  const confidence = CONFIDENCES.find((known) => known === word) ?? null
  if (text === undefined || source === undefined) return {text: bullet.trimEnd(), source: null, confidence, line}
  return {text, source, confidence, line}
}

function topicOf(line: string): string | null {
  return /^## +(.*?)(?: +#+)? *$/.exec(line)?.[1] ?? null
}

interface NumberedLine {
  readonly line: string
  readonly number: number
  readonly isFenced: boolean
}

/** A fence that never closes is no fence: eleven real files have one, and their facts go on below it. */
function numberLines(text: string): NumberedLine[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''))
  const fenced = new Set<number>()
  let open: {index: number; mark: string} | null = null
  lines.forEach((line, index) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (!mark) return
    if (!open) open = {index, mark}
    else if (mark.startsWith(open.mark) && /^ {0,3}[`~]+\s*$/.test(line)) {
      for (let inside = open.index; inside <= index; inside++) fenced.add(inside)
      open = null
    }
  })
  return lines.map((line, index) => ({line, number: index + 1, isFenced: fenced.has(index)}))
}
