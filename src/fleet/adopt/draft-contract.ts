import {splitMarkdown} from './markdown-parts.js'

/** One thing the files ask for, with the line that asks: granted only when a person says so. */
export interface Proposal {
  readonly value: string
  readonly file: string
  readonly line: number
}

/** What an adopted agent would need to do what its files describe. Nothing in here is granted. */
export interface DraftContract {
  readonly hosts: readonly Proposal[]
  /** Beginnings of command lines that its prose mentions: for `commands:` in the contract. */
  readonly commands: readonly Proposal[]
  readonly repos: readonly Proposal[]
  /** Ways to reach people that it speaks of: for `channels:` in mcos.yaml. */
  readonly channels: readonly Proposal[]
}

export interface SourceText {
  readonly file: string
  readonly text: string
}

const URL_IN_TEXT = /\bhttps?:\/\/([^\s/<>()[\]"'`|\\?#@]+)/gi
const CHANNELS = [
  'telegram',
  'discord',
  'slack',
  'whatsapp',
  'signal',
  'imessage',
  'matrix',
  'teams',
  'feishu',
  'wechat',
  'ntfy',
  'pushover',
]
/** Programs that people's files mention; curl and wget are no commands here but hosts. */
const PROGRAMS =
  'git gh glab npm npx pnpm yarn bun node deno python python3 uv pip ruby go cargo make just docker podman kubectl helm terraform ' +
  'systemctl journalctl launchctl pm2 ssh rsync rclone aws gcloud az vercel fly openclaw clawdbot moltbot clawhub mcporter ' +
  'himalaya gog gcalcli khal jq yq sqlite3 psql redis-cli ping df du ps uptime free top tail head cat ls grep find bash sh zsh'
const KNOWN_PROGRAMS = new Set(PROGRAMS.split(' '))
/** Programs whose second word says what they do; alone they would allow too much. */
const WITH_SUBCOMMAND = new Set(
  'git gh glab npm pnpm yarn docker podman kubectl helm terraform systemctl aws gcloud az go cargo openclaw'.split(' '),
)
/** A shell runs whatever it is handed: proposing one would be proposing everything. */
const SHELLS = new Set(['bash', 'sh', 'zsh', 'ssh', 'eval', 'sudo'])
const MOST = 60

/** Reads what HEARTBEAT.md and its neighbours ask for; the same thing is proposed once, by the line that names it first. */
export function draftContract(sources: readonly SourceText[]): DraftContract {
  const parts = sources.flatMap(({file, text}) => splitMarkdown(text).map((part) => ({...part, file})))
  const code = parts.flatMap((part) => (part.kind === 'prose' ? [] : [{...part, kind: part.kind}]))
  const asking = parts.filter(({kind, file}) => kind !== 'prose' || /heartbeat\.md$/i.test(file))
  return {
    hosts: unique(asking.flatMap(({text, file, line}) => hostsIn(text).map((value) => ({value, file, line})))),
    commands: unique(
      code.flatMap(({text, file, line, kind}) => commandIn(text, kind).map((value) => ({value, file, line}))),
    ),
    repos: unique(code.flatMap(({text, file, line}) => reposIn(text).map((value) => ({value, file, line})))),
    channels: unique(parts.flatMap(({text, file, line}) => channelsIn(text).map((value) => ({value, file, line})))),
  }
}

function hostsIn(text: string): string[] {
  return [...text.matchAll(URL_IN_TEXT)].flatMap(([, raw = '']) => {
    const host = raw.toLowerCase().replace(/[.,;:!*_。，、）]+$/u, '')
    return /^(?:[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*|\d+(?:\.\d+){3})(?::\d{1,5})?$/u.test(host) ? [host] : []
  })
}

/** The beginning of a command line that is narrow enough to grant; prose in code marks is none, nor what code runs itself. */
function commandIn(text: string, kind: 'span' | 'fence'): string[] {
  const line = text.replace(/^\s*(?:[$>%]\s+)?/, '')
  if (line === '' || /^(?:#|run:|recover:)/.test(line)) return []
  return line.split(/\s*(?:&&|\|\||;|\|)\s*/).flatMap((part) => {
    const words = part.split(/\s+/).filter((word) => word !== '' && !/^[A-Z_][A-Z0-9_]*=/.test(word))
    const [program = ''] = words
    const isScript = /^(?:\.{0,2}\/|~\/)?[\w./-]+\.(?:sh|py|mjs|js|ts|rb)$/.test(program) && program.includes('/')
    if (SHELLS.has(program)) return scriptOf(words)
    if (!isScript && !(KNOWN_PROGRAMS.has(program) && (kind === 'fence' || words.length > 1))) return []
    return [WITH_SUBCOMMAND.has(program) ? throughSubcommand(words) : interpreted(words)]
  })
}

/** As far as the word that says what is done: `git -C site status`, `systemctl --user restart`. */
function throughSubcommand([program = '', ...rest]: readonly string[]): string {
  const end = rest.findIndex((word, index) => /^[a-z][a-z-]*$/.test(word) && !/^-[A-Za-z]$/.test(rest[index - 1] ?? ''))
  return end === -1 ? program : [program, ...rest.slice(0, end + 1)].join(' ')
}

/** `bash tools/check.sh` may be proposed as just that; `bash -c …` never. */
function scriptOf([program = '', script = '']: readonly string[]): string[] {
  return /^(?:bash|sh|zsh)$/.test(program) && /^[\w./~-]+\.sh$/.test(script) ? [`${program} ${script}`] : []
}

/** An interpreter is proposed together with its script, never alone. */
function interpreted([program = '', script]: readonly string[]): string {
  const isInterpreter = /^(?:python3?|node|deno|bun|ruby|uv|npx)$/.test(program)
  return isInterpreter && script ? `${program} ${script}` : program
}

function reposIn(text: string): string[] {
  const found = [
    ...text.matchAll(/\bgit\s+-C\s+([^\s;&|]+)/g),
    ...text.matchAll(/\bcd\s+([^\s;&|]+)\s*(?:&&|;)\s*git\b/g),
    ...text.matchAll(/^git\s+((?:\.{1,2}|~)?\/[^\s;&|]*)$/g),
  ]
  return found.map(([, path = '']) => path.replace(/^["']|["']$/g, ''))
}

function channelsIn(text: string): string[] {
  const lower = text.toLowerCase()
  return CHANNELS.filter((word) => new RegExp(`(?<![\\w.])${word}(?!\\w|[.-]\\w)`).test(lower))
}

function unique(proposals: readonly Proposal[]): Proposal[] {
  const seen = new Set<string>()
  return proposals
    .filter(({value}) => {
      const isNew = !seen.has(value)
      seen.add(value)
      return isNew
    })
    .slice(0, MOST)
}
