import {lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync} from 'node:fs'
import path from 'node:path'
import {shellWord} from '../../kit/shell-word.js'
import {listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {sameName} from '../../workspace/names.js'
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
  /** Names that some system can't hold, or takes for another's. */
  readonly strange: readonly {readonly path: string; readonly why: string; readonly wish: string}[]
  /** What editors and tools that keep folders alike have left beside a file. */
  readonly copies: readonly string[]
}

const links: Checkup = {
  id: 'links',
  title: "No link in an agent's folder leads out of it or nowhere",
  means: 'mcos follows no such link: what is behind it is not read, though it looks as if it were there.',
  examine(fleet) {
    const troubles = walk(fleet).links.map(({path: link, target, why}): Trouble => {
      return {status: 'warn', detail: `${link} → ${target}: ${why}`, fix: `rm ${shellWord(link)}`}
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

const portable: Checkup = {
  id: 'portable-names',
  title: "Every name in an agent's folder holds on macOS and Windows too",
  means: 'A clone on such a machine lacks the file, or has one in the place of two.',
  examine(fleet) {
    const troubles = walk(fleet).strange.map(({path: file, why, wish}): Trouble => {
      return {status: 'warn', detail: `${file} ${why}`, fix: `mv ${shellWord(file)} ${shellWord(wish)}`}
    })
    return {seen: 'each does', troubles}
  },
}

const copies: Checkup = {
  id: 'copies',
  title: 'No copy of a well-known file lies beside it',
  means:
    'Two tools kept the folder alike and disagreed, or an editor was ended: what stands in the copy is read by nobody.',
  examine(fleet) {
    const troubles = walk(fleet).copies.map((file): Trouble => {
      return {
        status: 'warn',
        detail: `${file} is a copy that nobody reads`,
        fix: `mv ${shellWord(file)} ${shellWord(`${fleet.home.dir}/.mcos/`)}`,
      }
    })
    return {seen: 'none does', troubles}
  },
}

const WELL_KNOWN = /^(?:SOUL|AGENTS|USER|GUARDRAILS|HEARTBEAT|MEMORY|WORKSTATE)\b/
const COPY = /conflicted copy|\.sync-conflict-|\(\d+\)\.md$|\.md\.(?:orig|rej|bak|old|save|swp|tmp)$|\.md~$|^\.?#.*#?$/i

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

/** What the folders of agents hold besides their files. */
export const TREE_CHECKUPS: readonly Checkup[] = [links, big, odd, nested, units, portable, copies]

const walk = lookOnce(walkAll)

function walkAll({home}: Fleet): Found {
  const found = {
    links: [] as Found['links'][number][],
    big: [] as Found['big'][number][],
    odd: [] as string[],
    units: [] as string[],
    repositories: [] as string[],
    strange: [] as Found['strange'][number][],
    copies: [] as string[],
  }
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
        const size = lstatSync(absolute, {throwIfNoEntry: false})?.size ?? 0
        if (size > BIG) found.big.push({path: rel, size})
        else if (rel.endsWith('.service')) found.units.push(rel)
        else if (WELL_KNOWN.test(entry.name) && COPY.test(entry.name)) found.copies.push(rel)
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
