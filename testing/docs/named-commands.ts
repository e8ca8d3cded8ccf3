/** What oclif.manifest.json says of a command, as far as pages can be wrong about it. */
export interface Manifest {
  readonly commands: Readonly<
    Record<string, {readonly flags?: Readonly<Record<string, {readonly char?: string; readonly allowNo?: boolean}>>}>
  >
}

const CODE = /`([^`\n]+)`/g
const FENCED = /^\s*```\w*\n([\s\S]*?)^\s*```\s*$/gm
const CALL = /(?:^|[$(&|;:#=]) *mcos +([^\n]*)/gm
/** Behind these another command or a note begins. */
const END = / {2,}#| # | && | \|\| | \| |; |\)(?: |$)/

/** Every "mcos …" that a text shows as code, and that no command of the manifest answers to. */
export function strangersIn(markdown: string, manifest: Manifest): string[] {
  const prose = markdown.replaceAll(FENCED, '')
  const codes = [
    ...[...markdown.matchAll(FENCED)].map(([, text = '']) => text),
    ...[...prose.matchAll(CODE)].map(([, text = '']) => text).filter((text) => /^(?:\$ )?mcos |&& mcos /.test(text)),
  ]
  const calls = codes.flatMap((code) => [...code.matchAll(CALL)].map(([, call = '']) => call.split(END)[0] ?? ''))
  return [...new Set(calls.filter((call) => !isKnown(call, manifest)))]
}

function isKnown(call: string, manifest: Manifest): boolean {
  const words = call.replaceAll('\\|', '|').trim().split(/\s+/)
  const [first = '', second = ''] = words
  // A placeholder, or prose that happens to stand in a fence.
  if (/^(?:[A-Z<[…]|--?(?:version|help|v)\b)/.test(first) || first === 'help') return true
  return first
    .split('|')
    .every((topic) => second.split('|').every((verb) => hasAll(find(topic, verb, manifest), words)))

  function hasAll(flags: ReadonlySet<string> | null, all: readonly string[]): boolean {
    const named = all
      .filter((word) => /^--?[a-z]/.test(word))
      .flatMap((word) => word.replace(/[=,.:)"']+.*$/, '').split('|'))
    return flags !== null && named.every((flag) => flags.has(flag))
  }
}

function find(topic: string, verb: string, {commands}: Manifest): ReadonlySet<string> | null {
  const found = commands[`${topic}:${verb}`] ?? commands[topic]
  if (!found) return verb === '' || /^[A-Z…]/.test(verb) ? topicFlags(topic, {commands}) : null
  const flags = Object.entries(found.flags ?? {}).flatMap(([name, {char, allowNo}]) => [
    `--${name}`,
    ...(allowNo ? [`--no-${name}`] : []),
    ...(char ? [`-${char}`] : []),
  ])
  return new Set([...flags, '--help', '--json'])
}

function topicFlags(topic: string, {commands}: Manifest): ReadonlySet<string> | null {
  return Object.keys(commands).some((id) => id.startsWith(`${topic}:`)) ? new Set(['--help']) : null
}
