import {lstatSync, readdirSync, readlinkSync, realpathSync} from 'node:fs'
import path from 'node:path'
import {listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {lookOnce} from '../../workspace/look-once.js'
import {sameName} from '../../workspace/names.js'

/** An editor at work keeps such a file as long as it is open. */
const DAY_MS = 86_400_000
const BIG = 10 * 1024 * 1024
/** A folder of an agent with more files than this is looked at so far. */
const MOST_FILES = 20_000
const SKIPPED = new Set(['.git', 'node_modules', '.mcos'])

const WELL_KNOWN = /^\.?(?:SOUL|AGENTS|USER|GUARDRAILS|HEARTBEAT|MEMORY|WORKSTATE)\b/
const COPY =
  /conflicted copy|\.sync-conflict-|\(\d+\)\.md$| \d+\.md$|\.md\.txt$|\.md\.(?:orig|rej|bak|old|save|swp|tmp)$|\.md~$|^\.?#.*#?$/i

/** Of mcos.yaml, which is read under this one name. */
const COPIED_CONFIG = /^mcos\.(?:yml|yaml(?:~|\..+)|.*(?:sync-conflict-|conflicted copy).*)$|^mcos .*\.ya?ml$/i

interface Found {
  readonly links: readonly {readonly path: string; readonly target: string; readonly why: string}[]
  readonly big: readonly {readonly path: string; readonly size: number}[]
  readonly odd: readonly string[]
  readonly units: readonly string[]
  readonly repositories: readonly string[]
  /** Names that some system can't hold, or takes for another's. */
  readonly strange: readonly {readonly path: string; readonly why: string; readonly wish: string}[]
  /** What editors and tools that keep folders alike have left beside a file. */
  readonly copies: readonly string[]
}

/** What lies in the folders of agents, by one walk for all checks. */
export const walkAgents = lookOnce(walkAll)

function walkAll({home, clock}: Fleet): Found {
  const found = {
    links: [] as Found['links'][number][],
    big: [] as Found['big'][number][],
    odd: [] as string[],
    units: [] as string[],
    repositories: [] as string[],
    strange: [] as Found['strange'][number][],
    copies: [] as string[],
  }
  found.copies.push(
    ...entriesIn(home.dir).flatMap((entry) => (entry.isFile() && COPIED_CONFIG.test(entry.name) ? [entry.name] : [])),
  )
  const waiting = listAgents(home).map(({path: folder}) => ({folder, top: path.join(home.dir, folder)}))
  let count = 0
  for (let next = waiting.pop(); next !== undefined && count < MOST_FILES; next = waiting.pop()) {
    const {folder, top} = next
    const entries = entriesIn(path.join(home.dir, folder))
    found.strange.push(
      ...strangeIn(
        folder,
        entries.map(({name}) => name),
      ),
    )
    for (const entry of entries) {
      count++
      const rel = folder === '.' ? entry.name : `${folder}/${entry.name}`
      const absolute = path.join(home.dir, rel)
      if (entry.name === '.git' && absolute !== path.join(home.dir, '.git')) found.repositories.push(folder)
      else if (entry.isSymbolicLink()) found.links.push(...faultOf(rel, absolute, top))
      else if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) waiting.push({folder: rel, top})
      } else if (!entry.isFile()) found.odd.push(rel)
      else {
        const {size, mtimeMs} = lstatSync(absolute, {throwIfNoEntry: false}) ?? {size: 0, mtimeMs: 0}
        const isOpen = /\.sw[a-p]$/.test(entry.name) && clock.now() - mtimeMs < DAY_MS
        if (size > BIG) found.big.push({path: rel, size})
        else if (rel.endsWith('.service')) found.units.push(rel)
        else if (WELL_KNOWN.test(entry.name) && COPY.test(entry.name) && !isOpen) found.copies.push(rel)
      }
    }
  }
  return found
}

function faultOf(rel: string, absolute: string, top: string): Found['links'] {
  const target = readlinkSync(absolute)
  try {
    const real = realpathSync(absolute)
    if (/\.md$/.test(rel)) return [{path: rel, target, why: 'a link is not read as a file of the agent'}]
    const root = realpathSync(top)
    if (real === root || real.startsWith(`${root}${path.sep}`)) return []
    return [{path: rel, target, why: 'it leads out of the folder'}]
  } catch {
    // What can't be reached is not there for anybody.
    return [{path: rel, target, why: 'there is nothing at its end'}]
  }
}

function entriesIn(dir: string) {
  try {
    return readdirSync(dir, {withFileTypes: true})
  } catch {
    // Gone, closed to us, or no folder: other checks tell of it.
    return []
  }
}

function strangeIn(folder: string, names: readonly string[]): Found['strange'] {
  return names.flatMap((name, index) => {
    const twin = names.slice(0, index).find((other) => sameName(other, name))
    if (twin !== undefined && !WELL_KNOWN.test(name.toUpperCase())) {
      return [{path: `${folder}/${name}`, why: `and ${twin} are one file there`, wish: `${folder}/${name}.2`}]
    }
    if (!/[<>:"|?*\\]|[. ]$/.test(name)) return []
    const plain = name.replace(/[<>:"|?*\\]/g, '-').replace(/[. ]+$/, '')
    return [{path: `${folder}/${name}`, why: 'has a name that Windows can not hold', wish: `${folder}/${plain}`}]
  })
}
