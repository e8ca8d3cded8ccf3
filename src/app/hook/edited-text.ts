import {readFileSync, statSync} from 'node:fs'
import {isRecord} from '../../kit/is-record.js'

/** One text in a file that gives way to another. */
interface Edit {
  readonly before: string
  readonly after: string
  readonly isEverywhere: boolean
}

/** More than this is looked at by its new parts alone. */
const MOST_BYTES = 1024 * 1024

/** The edits of one call, in the words of any host. */
export function editsOf(input: Readonly<Record<string, unknown>>): Edit[] {
  const {edits} = input
  return (Array.isArray(edits) ? edits.filter(isRecord) : [input]).map((edit) => ({
    before: typeof edit['old_string'] === 'string' ? edit['old_string'] : '',
    after: typeof edit['new_string'] === 'string' ? edit['new_string'] : '',
    isEverywhere: edit['replace_all'] === true || edit['allow_multiple'] === true,
  }))
}

/** The whole file as it will be: a rule about what a file must say is not satisfied by half of it. */
export function afterEdits(path: string, edits: readonly Edit[]): string {
  const old = textAt(path)
  if (old === null) return edits.map(({after}) => after).join('\n')
  return edits.reduce((text, {before, after, isEverywhere}) => {
    if (before === '') return text === '' ? after : `${text}\n${after}`
    return isEverywhere ? text.replaceAll(before, () => after) : text.replace(before, () => after)
  }, old)
}

function textAt(path: string): string | null {
  try {
    const facts = statSync(path)
    return facts.isFile() && facts.size <= MOST_BYTES ? readFileSync(path, 'utf8') : null
  } catch {
    // Not there yet, or nobody may read it: then the new parts are all that is known.
    return null
  }
}
