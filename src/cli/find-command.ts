import {nearest} from './nearest.js'
import {commandCalled, verbsCalled} from './words-elsewhere.js'

/** What a command line asks for, before any command is loaded. Ids are written with colons, as oclif does. */
export type Request =
  | {readonly kind: 'command'; readonly id: string; readonly argv: readonly string[]}
  | {readonly kind: 'help'; readonly subject: readonly string[]}
  | {readonly kind: 'topic'; readonly id: string}
  | {readonly kind: 'unknown'; readonly typed: string; readonly nearest: readonly string[]}

/** The longest run of leading words that is a command wins; a topic alone wants its list of commands. */
export function findCommand(argv: readonly string[], ids: readonly string[], topics: readonly string[]): Request {
  const [globals, rest] = splitGlobals(argv)
  if (rest.length === 0) return {kind: 'help', subject: []}
  if (rest[0] === 'help') return findCommand([...rest.slice(1), '--help'], ids, topics)
  const words = leadingWords(rest)
  const asksHelp = beforeDashes(rest).some((word) => word === '--help' || word === '-h')
  const id = longest(words, ids)
  if (id !== null) {
    const depth = id.split(':').length
    const verb = words.length > depth + 1 ? nearestVerb(words[depth] ?? '', verbsOf(id, ids)) : []
    if (verb.length > 0) return {kind: 'unknown', typed: words.slice(0, depth + 1).join(' '), nearest: below(id, verb)}
    if (asksHelp) return {kind: 'help', subject: id.split(':')}
    return {kind: 'command', id, argv: [...rest.slice(depth), ...globals]}
  }
  const topic = longest(words, topics)
  if (topic !== null && words.length === topic.split(':').length) {
    return asksHelp ? {kind: 'help', subject: topic.split(':')} : {kind: 'topic', id: topic}
  }
  if (words.length === 0) return asksHelp ? {kind: 'help', subject: []} : unknownFlag(rest[0] ?? '')
  return topic === null ? unknownWord(words, ids, topics) : unknownVerb(topic, words, ids)
}

function unknownFlag(typed: string): Request {
  return {kind: 'unknown', typed, nearest: nearest(typed, ['--help', '--version'], 1)}
}

/** The nearest first word; where that is a topic, with the verb behind it. */
function unknownWord(words: readonly string[], ids: readonly string[], topics: readonly string[]): Request {
  const [typed = '', verb = ''] = words
  const firsts = [...new Set([...ids, ...topics].map((id) => id.split(':')[0] ?? ''))]
  const called = commandCalled(typed.toLowerCase())
  const found = called === null ? nearest(typed, firsts) : [called]
  const whole = found.map((first) => `${first}:${verb}`).find((id) => ids.includes(id))
  return {kind: 'unknown', typed, nearest: whole === undefined ? found : [spaced(whole)]}
}

function unknownVerb(topic: string, words: readonly string[], ids: readonly string[]): Request {
  const depth = topic.split(':').length
  const found = nearestVerb(words[depth] ?? '', verbsOf(topic, ids))
  return {
    kind: 'unknown',
    typed: words.slice(0, depth + 1).join(' '),
    nearest: found.length > 0 ? below(topic, found) : [spaced(topic)],
  }
}

function verbsOf(topic: string, ids: readonly string[]): string[] {
  return ids.filter((id) => id.startsWith(`${topic}:`)).map((id) => id.slice(topic.length + 1))
}

function nearestVerb(typed: string, verbs: readonly string[]): string[] {
  const called = verbsCalled(typed.toLowerCase(), verbs)
  return called.length > 0 ? called : nearest(typed, verbs)
}

function below(topic: string, verbs: readonly string[]): string[] {
  return verbs.map((verb) => spaced(`${topic}:${verb}`))
}

/** `--home` and `--json` may stand before the command as well; they move behind it. */
function splitGlobals(argv: readonly string[]): [readonly string[], readonly string[]] {
  let end = 0
  while (end < argv.length) {
    const word = argv[end] ?? ''
    if (word === '--home') end += 2
    else if (word === '--json' || word.startsWith('--home=')) end += 1
    else break
  }
  return [argv.slice(0, end), argv.slice(end)]
}

function leadingWords(argv: readonly string[]): readonly string[] {
  const end = argv.findIndex((word) => word.startsWith('-'))
  return end === -1 ? argv : argv.slice(0, end)
}

function beforeDashes(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  return end === -1 ? argv : argv.slice(0, end)
}

function longest(words: readonly string[], known: readonly string[]): string | null {
  for (let count = Math.min(words.length, 3); count > 0; count--) {
    const id = words.slice(0, count).join(':')
    if (known.includes(id)) return id
  }
  return null
}

function spaced(id: string): string {
  return id.replaceAll(':', ' ')
}
