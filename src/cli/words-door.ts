import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {homedir} from 'node:os'
import {dirname, join, resolve} from 'node:path'
import {quickOut} from './quick-output.js'

type ListWords = (home: string) => Promise<readonly string[]> | readonly string[]

const KINDS: Readonly<Record<string, ListWords>> = {
  agents: listAgentNames,
  approvals: openApprovals,
  alerts: openAlerts,
}

/** As agents are named; anything else would be read by the shell as its own. */
const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/
const ID = /^[0-9A-HJKMNP-TV-Z]{26}/i

/**
 * `mcos words KIND …`: what a shell offers at Tab, a word a line, from the fleet that the words typed so far are about.
 * It says nothing where there is none: an error would be written into the line somebody is typing.
 */
export async function enter([kind = '', ...typed]: readonly string[]): Promise<boolean> {
  const list = KINDS[kind]
  if (list === undefined) return false
  const home = homeOf(typed)
  const words = home === null ? [] : await list(home)
  if (words.length > 0) quickOut(`${words.join('\n')}\n`)
  return true
}

/** The same place a command would take: --home, MCOS_HOME, or the nearest mcos.yaml upwards. */
function homeOf(typed: readonly string[]): string | null {
  const named = homeFlag(typed) ?? (process.env['MCOS_HOME'] || null)
  if (named !== null) return resolve(named.replace(/^~(?=\/|$)/, process.env['HOME'] || homedir()))
  for (let dir = process.cwd(); ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'mcos.yaml'))) return dir
    if (dir === dirname(dir)) return null
  }
}

/** bash hands on `--home=DIR` as three words. */
function homeFlag(typed: readonly string[]): string | null {
  const at = typed.lastIndexOf('--home')
  if (at >= 0) return (typed[at + 1] === '=' ? typed[at + 2] : typed[at + 1]) || null
  return typed.find((word) => word.startsWith('--home='))?.slice('--home='.length) || null
}

async function listAgentNames(home: string): Promise<readonly string[]> {
  const config = readText(join(home, 'mcos.yaml'))
  if (config === null) return []
  if (!/^['"]?agents['"]?\s*:/m.test(config)) {
    return foldersIn(join(home, 'workspaces')).filter((name) => NAME.test(name))
  }
  const {parseYaml} = await import('../kit/yaml.js')
  try {
    const {data} = parseYaml(config, {file: 'mcos.yaml'})
    const agents = typeof data === 'object' && data !== null && 'agents' in data ? data.agents : null
    return Object.keys(agents ?? {}).filter((name) => NAME.test(name))
  } catch {
    return [] // A config that can't be read is told by the command itself.
  }
}

/** Whatever nobody has answered, newest first. */
function openApprovals(home: string): readonly string[] {
  const dir = join(home, 'approvals')
  return foldersIn(dir)
    .filter((name) => ID.test(name) && !existsSync(join(dir, name, 'answer.md')))
    .map((name) => name.slice(0, 26))
    .reverse()
}

function openAlerts(home: string): readonly string[] {
  return foldersIn(join(home, 'alerts'))
    .filter((name) => ID.test(name))
    .map((name) => name.slice(0, 26))
    .reverse()
    .slice(0, 50)
}

function foldersIn(dir: string): string[] {
  try {
    return readdirSync(dir, {withFileTypes: true})
      .filter((entry) => entry.isDirectory())
      .map(({name}) => name)
      .sort()
  } catch {
    return [] // Nothing of the kind lies here.
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null // No fleet, or not ours to read.
  }
}
