import {nearest} from './nearest.js'

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
    const argvOfIt = rest.slice(id.split(':').length)
    return asksHelp ? {kind: 'help', subject: id.split(':')} : {kind: 'command', id, argv: [...argvOfIt, ...globals]}
  }
  const topic = longest(words, topics)
  if (topic !== null && words.length === topic.split(':').length) {
    return asksHelp ? {kind: 'help', subject: topic.split(':')} : {kind: 'topic', id: topic}
  }
  if (words.length === 0 && asksHelp) return {kind: 'help', subject: []}
  const typed = words.length === 0 ? (rest[0] ?? '') : words.slice(0, depthOf(topic) + 1).join(' ')
  const found = nearest(typed, ids.map(spaced))
  const meant = topic === null ? nearest(words[0] ?? '', topics, 1) : [topic]
  return {kind: 'unknown', typed, nearest: found.length > 0 ? found : meant.map(spaced)}
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

function depthOf(topic: string | null): number {
  return topic === null ? 0 : topic.split(':').length
}

function spaced(id: string): string {
  return id.replaceAll(':', ' ')
}
