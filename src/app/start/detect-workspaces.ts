import {readdirSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'

/** What only an agent's workspace has; AGENTS.md alone lies in many a repository of code. */
const TELLING = ['SOUL.md', 'HEARTBEAT.md', 'IDENTITY.md']

/** Where earlier tools keep their agent. */
const USUAL = ['.openclaw/workspace', '.clawdbot/workspace', '.moltbot/workspace', 'clawd', 'openclaw/workspace']

/** Workspaces that could be adopted, nearest first: this folder, those in it, and where earlier tools keep theirs. */
export function detectWorkspaces({
  cwd,
  env,
}: {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}): string[] {
  const home = env['HOME'] || homedir()
  const inside = cwd === home ? [] : ['workspace', '.openclaw/workspace'].map((name) => join(cwd, name))
  const places = [cwd, ...inside, ...USUAL.map((name) => join(home, name))]
  return [...new Set(places)].filter(isWorkspace)
}

/** Whether a folder holds somebody, by its file names alone. */
export function isWorkspace(dir: string): boolean {
  const names = namesIn(dir)
  return TELLING.some((telling) => names.some((name) => name.toLowerCase() === telling.toLowerCase()))
}

/** What lies in a folder; nothing where there is none or it may not be read. */
export function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    return [] // Missing or not ours: there is nothing to be found in it.
  }
}
