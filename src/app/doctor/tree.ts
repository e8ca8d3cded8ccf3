import {readFileSync} from 'node:fs'
import path from 'node:path'
import {shellWord} from '../../kit/shell-word.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {walkAgents} from './walk-agents.js'

const links: Checkup = {
  id: 'links',
  title: "No link in an agent's folder leads out of it or nowhere",
  means: 'mcos follows no such link: what is behind it is not read, though it looks as if it were there.',
  examine(fleet) {
    const troubles = walkAgents(fleet).links.map(({path: link, target, why}): Trouble => {
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
    const troubles = walkAgents(fleet).big.map(({path: file, size}): Trouble => {
      const detail = `${file} has ${Math.round(size / 1024 ** 2)} MiB`
      return {
        status: 'warn',
        detail,
        fix: `echo ${shellWord(`/${file}`)} >> .gitignore && git rm -q --cached --ignore-unmatch ${shellWord(file)}`,
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
    const troubles = walkAgents(fleet).odd.map((file): Trouble => {
      return {status: 'warn', detail: `${file} is a pipe, a socket or a device`, fix: `rm ${shellWord(file)}`}
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
    const troubles = walkAgents(fleet).repositories.map((folder): Trouble => {
      const detail = `${folder} is a git repository inside the fleet's own`
      return {status: 'warn', detail, fix: `ls -la ${shellWord(folder)}`}
    })
    return {seen: 'none does', troubles}
  },
}

const units: Checkup = {
  id: 'unit-files',
  title: "Every unit file in an agent's folder stops all that it started",
  means: 'Where such a service is stopped, the programs it started run on, and the next start is a second one.',
  examine(fleet) {
    const troubles = walkAgents(fleet).units.flatMap((file): Trouble[] => {
      const text = readFileSync(path.join(fleet.home.dir, file), 'utf8')
      if (!/^\s*\[Service\]/m.test(text) || /^\s*KillMode\s*=\s*control-group\s*$/m.test(text)) return []
      return [{status: 'warn', detail: `${file} lacks the line KillMode=control-group`, fix: editCommand(file)}]
    })
    return {seen: walkAgents(fleet).units.length === 0 ? 'there is none' : 'each does', troubles}
  },
}

const portable: Checkup = {
  id: 'portable-names',
  title: "Every name in an agent's folder holds on macOS and Windows too",
  means: 'A clone on such a machine lacks the file, or has one in the place of two.',
  examine(fleet) {
    const troubles = walkAgents(fleet).strange.map(({path: file, why, wish}): Trouble => {
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
    const troubles = walkAgents(fleet).copies.map((file): Trouble => {
      return {
        status: 'warn',
        detail: `${file} is a copy that nobody reads`,
        fix: `mv ${shellWord(file)} ${shellWord(`${fleet.home.dir}/.mcos/`)}`,
      }
    })
    return {seen: 'none does', troubles}
  },
}

/** What the folders of agents hold besides their files. */
export const TREE_CHECKUPS: readonly Checkup[] = [links, big, odd, nested, units, portable, copies]
