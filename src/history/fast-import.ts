import type {CommitMeta, Identity} from './change-set.js'
import {TURN_TRAILER} from './change-set.js'

/** What a commit does to one path; the path counts from the top of the repository. */
export interface FileChange {
  readonly path: string
  /** null: it goes. */
  readonly to: {readonly mode: string; readonly content: Buffer} | {readonly mode: string; readonly oid: string} | null
}

export interface CommitPlan {
  /** The turn; null for a person's own commit, which is none. */
  readonly id: string | null
  readonly meta: CommitMeta
  readonly files: readonly FileChange[]
}

export interface ImportPlan {
  /** The full name, refs/heads/main. */
  readonly branch: string
  readonly parent: string | null
  readonly commits: readonly CommitPlan[]
}

/** The stream for `git fast-import --done`: cut short anywhere, git does nothing at all. It prints each commit's id. */
export function formatImport({branch, parent, commits}: ImportPlan): Buffer {
  const parts: (string | Buffer)[] = []
  commits.forEach((commit, index) => {
    const who = `${formatIdentity(commit.meta.author)} ${Math.floor(commit.meta.at / 1000)} +0000`
    parts.push(`commit ${branch}\nmark :${index + 1}\nauthor ${who}\ncommitter ${who}\n`)
    parts.push(...data(Buffer.from(formatMessage(commit.id, commit.meta))))
    if (index === 0 && parent !== null) parts.push(`from ${parent}\n`)
    for (const file of commit.files) parts.push(...formatFile(file))
    parts.push(`\nget-mark :${index + 1}\n`)
  })
  parts.push('done\n')
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
}

/** Subject, body and trailers as git parses them again; no text of a caller can pass for a trailer of ours. */
export function formatMessage(id: string | null, {subject, body = '', trailers}: CommitMeta): string {
  const known = trailers.some(([key]) => key === TURN_TRAILER)
  const own = known || id === null ? [] : [[TURN_TRAILER, id] as const]
  const lines = [...trailers, ...own].map(([key, value]) => `${key}: ${oneLine(value)}`)
  const parts = [oneLine(subject) || 'no subject', harmless(body), lines.join('\n')]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** git looks for trailers above its scissors line, where they would be a text's own; with a blank in front it is none. */
function harmless(body: string): string {
  return body
    .replaceAll('\0', '')
    .trim()
    .replace(/^(?=.{1,8}-{24} >8 -{24})/gmu, ' ')
}

/** A path as fast-import reads it: in quotes, with every byte that could be taken for something else escaped. */
export function quotePath(path: string): string {
  if (/^[\w./@+-]+$/.test(path)) return path
  const escaped = Array.from(Buffer.from(path), (byte) => {
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`
    return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte)
  })
  return `"${escaped.join('')}"`
}

function formatFile({path, to}: FileChange): (string | Buffer)[] {
  if (to === null) return [`D ${quotePath(path)}\n`]
  if ('oid' in to) return [`M ${to.mode} ${to.oid} ${quotePath(path)}\n`]
  return [`M ${to.mode} inline ${quotePath(path)}\n`, ...data(to.content)]
}

function data(content: Buffer): (string | Buffer)[] {
  return [`data ${content.length}\n`, content, '\n']
}

function formatIdentity({name, email}: Identity): string {
  const plain = (text: string) => oneLine(text).replace(/[<>]/g, '')
  return `${plain(name) || 'mcos'} <${plain(email)}>`
}

function oneLine(text: string): string {
  return text.replace(/[\0-\x1f\x7f]+/g, ' ').trim()
}
