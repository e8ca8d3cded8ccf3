/** What a person's config.toml says of a folder and of the hooks in one of its files. */
export interface CodexTrust {
  readonly folder: boolean
  /** Whether the gate before each call was ever trusted; as it stands now, only a canary tells. */
  readonly gate: boolean
}

/** Reads what Codex has written about a folder (or one above it) and about the hooks of a file. Absolute paths. */
export function codexTrust(config: string, {folder, file}: {folder: string; file: string}): CodexTrust {
  const tables = readTables(config)
  const trusted = tables
    .filter(({name, text}) => name[0] === 'projects' && /^\s*trust_level\s*=\s*["']trusted["']/m.test(text))
    .map(({name}) => name[1] ?? '')
  const hashed = tables.filter(({name, text}) => name[0] === 'hooks' && /^\s*trusted_hash\s*=/m.test(text))
  return {
    folder: trusted.some((top) => folder === top || folder.startsWith(`${top}/`)),
    gate: hashed.some(({name}) => name.at(-1)?.startsWith(`${file}:pre_tool_use:`)),
  }
}

/** The tables that say what is trusted and which hooks are on, in the form in which Codex itself writes them. */
export function tablesOfTrust(config: string): string {
  return readTables(config)
    .filter(({name}) => ['projects', 'hooks', 'features'].includes(name[0] ?? ''))
    .map(({text}) => text)
    .join('\n')
}

interface Table {
  readonly name: readonly string[]
  /** With its header. */
  readonly text: string
}

function readTables(config: string): Table[] {
  const tables: {name: string[]; text: string}[] = []
  for (const line of config.split('\n')) {
    const header = /^\s*\[{1,2}(.*?)\]{1,2}\s*(?:#.*)?$/.exec(line)?.[1]
    if (header !== undefined) tables.push({name: wordsOf(header), text: line})
    else {
      const last = tables.at(-1)
      if (last) last.text += `\n${line}`
    }
  }
  return tables
}

/** `projects."/srv/my fleet"` as its words. */
function wordsOf(header: string): string[] {
  return [...header.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+)/g)].map(
    ([, quoted, literal, bare]) => quoted?.replace(/\\(["\\])/g, '$1') ?? literal ?? bare ?? '',
  )
}
