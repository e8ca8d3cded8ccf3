import {EXIT, UserError} from './errors.js'

// What git itself counts as spellings of ".git": letter case, the characters HFS+ ignores, and what NTFS drops or shortens.
const IGNORED_BY_HFS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g
const GIT_FOLDER = /^(?:\.git|git~\d+)[. ]*(?::.*)?$/

/** The parts of a path inside a folder; anything that could lead out of it, or means nothing, is refused. */
export function parseRelative(rel: string): string[] {
  const parts = rel.split('/')
  for (const part of parts) {
    if (part === '' || part === '.' || part === '..') throw escapes(rel, 'has an empty, "." or ".." part')
  }
  if (rel.includes('\0')) throw escapes(rel, 'contains a NUL character')
  // Node would write U+FFFD instead: another name than the one that was asked for.
  if (/[^ -~]/.test(rel) && /\p{Cs}/u.test(rel)) throw escapes(rel, 'is not well-formed Unicode')
  return parts
}

/** As parseRelative, for paths that will be changed: git's own folder and names that break line formats are refused too. */
export function parseWritable(rel: string): string[] {
  const parts = parseRelative(rel)
  if (/[\u0000-\u001f\u007f]/.test(rel)) throw escapes(rel, 'contains a control character')
  if (parts.some(isGitFolder)) throw escapes(rel, "leads into git's own folder")
  return parts
}

/** As parseRelative, with "" or "." for the folder itself. */
export function parseFolderPath(rel: string): string[] {
  return rel === '' || rel === '.' ? [] : parseRelative(rel)
}

function isGitFolder(part: string): boolean {
  return GIT_FOLDER.test(part.replace(IGNORED_BY_HFS, '').toLowerCase())
}

function escapes(rel: string, why: string): UserError {
  return new UserError(`The path ${JSON.stringify(rel)} ${why}.`, {
    code: 'PATH_ESCAPE',
    fix: 'Give a path below the folder, such as notes/monday.md.',
    exit: EXIT.usage,
  })
}
