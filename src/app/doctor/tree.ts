import {lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync} from 'node:fs'
import path from 'node:path'
import {listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {lookOnce} from './look-once.js'

const BIG = 10 * 1024 * 1024
/** A folder of an agent with more files than this is looked at so far. */
const MOST_FILES = 20_000
const SKIPPED = new Set(['.git', 'node_modules', '.mcos'])

interface Found {
  readonly links: readonly {readonly path: string; readonly target: string; readonly why: string}[]
  readonly big: readonly {readonly path: string; readonly size: number}[]
  readonly odd: readonly string[]
  readonly units: readonly string[]
  readonly repositories: readonly string[]
}

const links: Checkup = {
  id: 'links',
  title: "No link in an agent's folder leads out of it or nowhere",
  means: 'mcos follows no such link: what is behind it is not read, though it looks as if it were there.',
  examine(fleet) {
    const troubles = walk(fleet).links.map(({path: link, target, why}): Trouble => {
      return {status: 'warn', detail: `${link} → ${target}: ${why}`, fix: `ls -l '${link}'`}
    })
    return {seen: 'none does', troubles}
  },
}

const big: Checkup = {
  id: 'big-files',
  title: "No file in an agent's folder is too big for git",
  means: 'Once committed, such a file is in every clone for good.',
  examine(fleet) {
    const troubles = walk(fleet).big.map(({path: file, size}): Trouble => {
      const detail = `${file} has ${Math.round(size / 1024 ** 2)} MiB`
      return {
        status: 'warn',
        detail,
        fix: `echo '/${file}' >> .gitignore && git rm -q --cached --ignore-unmatch '${file}'`,
      }
    })
    return {seen: 'none above 10 MiB', troubles}
  },
}

const odd: Checkup = {
  id: 'odd-files',
  title: "Only files and folders lie in an agent's folder",
  means: 'Whoever reads a pipe or a device waits for ever.',
  examine(fleet) {
    const troubles = walk(fleet).odd.map((file): Trouble => {
      return {status: 'warn', detail: `${file} is a pipe, a socket or a device`, fix: `rm '${file}'`}
    })
    return {seen: 'nothing else', troubles}
  },
}

const nested: Checkup = {
  id: 'nested-repositories',
  title: "No repository of its own lies in an agent's folder",
  means:
    'Commands of git that are run in there speak of another repository than the fleet, and a clone of the fleet lacks it.',
  examine(fleet) {
    const troubles = walk(fleet).repositories.map((folder): Trouble => {
      const detail = `${folder} is a git repository inside the fleet's own`
      return {status: 'warn', detail, fix: `ls -la '${folder}'`}
    })
    return {seen: 'none does', troubles}
  },
}

const units: Checkup = {
  id: 'unit-files',
  title: "Every unit file in an agent's folder stops all that it started",
  means: 'Where such a service is stopped, the programs it started run on, and the next start is a second one.',
  examine(fleet) {
    const troubles = walk(fleet).units.flatMap((file): Trouble[] => {
      const text = readFileSync(path.join(fleet.home.dir, file), 'utf8')
      if (!/^\s*\[Service\]/m.test(text) || /^\s*KillMode\s*=\s*control-group\s*$/m.test(text)) return []
      return [{status: 'warn', detail: `${file} lacks the line KillMode=control-group`, fix: editCommand(file)}]
    })
    return {seen: walk(fleet).units.length === 0 ? 'there is none' : 'each does', troubles}
  },
}

/** What the folders of agents hold besides their files. */
export const TREE_CHECKUPS: readonly Checkup[] = [links, big, odd, nested, units]

const walk = lookOnce(walkAll)

function walkAll({home}: Fleet): Found {
  const found = {
    links: [] as Found['links'][number][],
    big: [] as Found['big'][number][],
    odd: [] as string[],
    units: [] as string[],
    repositories: [] as string[],
  }
  const waiting = listAgents(home).map(({path: folder}) => ({folder, top: path.join(home.dir, folder)}))
  let count = 0
  for (let next = waiting.pop(); next !== undefined && count < MOST_FILES; next = waiting.pop()) {
    const {folder, top} = next
    for (const entry of entriesIn(path.join(home.dir, folder))) {
      count++
      const rel = folder === '.' ? entry.name : `${folder}/${entry.name}`
      const absolute = path.join(home.dir, rel)
      if (entry.name === '.git' && absolute !== path.join(home.dir, '.git')) found.repositories.push(folder)
      else if (entry.isSymbolicLink()) found.links.push(...faultOf(rel, absolute, top))
      else if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) waiting.push({folder: rel, top})
      } else if (!entry.isFile()) found.odd.push(rel)
      else {
        const size = lstatSync(absolute, {throwIfNoEntry: false})?.size ?? 0
        if (size > BIG) found.big.push({path: rel, size})
        else if (rel.endsWith('.service')) found.units.push(rel)
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
