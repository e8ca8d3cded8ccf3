/** One file that a patch changes. */
export interface PatchChange {
  readonly kind: 'write' | 'delete'
  readonly path: string
  /** The lines that it adds, where they are known. */
  readonly content?: string
}

/**
 * The files of a patch as Codex's apply_patch takes it, or of a unified diff, of which `strip` leading parts of each name
 * are cut off. null: it can't be read as either, and then nobody knows what it changes.
 */
export function pathsOfPatch(text: string, {strip = 0}: {readonly strip?: number} = {}): PatchChange[] | null {
  const lines = text.split(/\r?\n/)
  const isApplyPatch = lines.some((line) => /^\s*\*\*\* Begin Patch/.test(line))
  const changes = isApplyPatch ? ofApplyPatch(lines) : ofUnified(lines, strip)
  return changes === null || changes.length === 0 || changes.some(({path}) => path === '' || path.includes('\0'))
    ? null
    : changes
}

/** Wherever a line names a file it counts, inside of another's text as well: a reader more than one knows this form. */
function ofApplyPatch(lines: readonly string[]): PatchChange[] | null {
  const found: {kind: PatchChange['kind']; path: string; added: string[]}[] = []
  for (const line of lines) {
    const [, what, path] =
      /^\s*\*\*\* (Add File|Update File|Delete File|Move to|Rename to|Rename from|Copy to):(.*)$/.exec(line) ?? []
    if (what !== undefined && path !== undefined) {
      // What is moved is gone from where it was.
      const before = found.at(-1)
      if (what === 'Move to' || what === 'Rename to') if (before) found.push({...before, kind: 'delete', added: []})
      found.push({
        kind: what === 'Delete File' || what === 'Rename from' ? 'delete' : 'write',
        path: path.trim(),
        added: before && / to$/.test(what) ? before.added : [],
      })
    } else if (/^\s*\*\*\* (?!Begin Patch|End Patch|End of File)/.test(line)) {
      return null
    } else if (line.startsWith('+')) found.at(-1)?.added.push(line.slice(1))
  }
  return found.map(({kind, path, added}) =>
    kind === 'delete' ? {kind, path} : {kind, path, content: added.map((line) => `${line}\n`).join('')},
  )
}

function ofUnified(lines: readonly string[], strip: number): PatchChange[] | null {
  const found: {path: string; isGone: boolean; added: string[]}[] = []
  const add = (raw: string, isGone = false): void => {
    const path = stripped(raw, strip)
    if (path !== null) found.push({path, isGone, added: []})
  }
  for (const [at, line] of lines.entries()) {
    const [, sign, raw = ''] = /^(---|\+\+\+|\*\*\*) ([^\t]+)/.exec(line) ?? []
    const isHeader =
      sign === '---' ? /^\+\+\+ /.test(lines[at + 1] ?? '') : sign === '+++' ? /^--- /.test(lines[at - 1] ?? '') : false
    const [, , renamed = ''] = /^(rename from|rename to|copy to) (.+)$/.exec(line) ?? []
    const [, indexed = ''] = /^Index: (.+)$/.exec(line) ?? []
    if (/^diff --git /.test(line) && /"/.test(line)) return null
    if (/^(?:\d+(?:,\d+)?[acd]\d*|GIT binary patch|\*\*\*\*\*)/.test(line)) return null
    if (isHeader) add(raw.trim(), sign === '+++' && raw.trim() === '/dev/null')
    else if (renamed !== '') add(`${'x/'.repeat(strip)}${renamed}`)
    else if (indexed !== '') add(indexed.trim())
    else if (line.startsWith('+')) found.at(-1)?.added.push(line.slice(1))
  }
  const paths = new Map<string, string>()
  for (const {path, added} of found)
    paths.set(path, (paths.get(path) ?? '') + added.map((line) => `${line}\n`).join(''))
  return [...paths].map(([path, content]) => ({kind: 'write', path, content}))
}

function stripped(raw: string, strip: number): string | null {
  if (raw === '/dev/null') return null
  const parts = raw.split('/').filter((part, index) => part !== '' || index === 0)
  return parts.length > strip ? parts.slice(strip).join('/') : (parts.at(-1) ?? '')
}
