import {readFileSync, statSync} from 'node:fs'
import path from 'node:path'
import {EXIT, UserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import {clean, cleanLine, shorten} from '../../kit/text.js'

const LARGEST_FILE = 1024 * 1024
/** As much of a file stands with the alert; its hash names the whole of it. */
const LONGEST_EXCERPT = 4_000

/** What was typed as evidence: lines, and beginnings of the files that it names. */
export interface Evidence {
  readonly lines: readonly string[]
  readonly body: string
}

/** A text is evidence as it stands; the path of a file is its beginning, with a hash of the whole. */
export function readEvidence(typed: readonly string[], cwd: string): Evidence {
  const found = typed.map((text) => ({text, file: openFile(path.resolve(cwd, text), text)}))
  return {
    lines: found.map(({text, file}) => (file === null ? cleanLine(text) : `${text} ${contentHash(file).slice(0, 23)}`)),
    body: found
      .flatMap(({text, file}) => (file === null ? [] : [`## ${cleanLine(text)}\n${quoted(file)}`]))
      .join('\n\n'),
  }
}

function openFile(file: string, typed: string): Buffer | null {
  if (/\s/.test(typed) && !typed.includes('/')) return null
  const found = statSync(file, {throwIfNoEntry: false})
  if (!found?.isFile()) return null
  if (found.size <= LARGEST_FILE) return readFileSync(file)
  throw new UserError(`${typed} is longer than ${LARGEST_FILE / 1024} KiB.`, {
    code: 'NO_FILE',
    fix: 'Say in a line what stands in it, and where: --evidence "access.log 08:12: 503 three times"',
    exit: EXIT.usage,
  })
}

function quoted(file: Buffer): string {
  const text = clean(file.toString('utf8')).trim()
  return shorten(text, LONGEST_EXCERPT)
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')
}
