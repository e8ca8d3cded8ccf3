import {shellWord} from '../kit/shell-word.js'
import {type AgentEntry, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {type FileProblem, type Inspection, inspectFile, inspectFolder, sumInspections} from '../workspace/health.js'
import {accountStatePath, parseAccountState} from './desk/account-state.js'
import {parseRecords} from './ledger/parse.js'
import {listMailDays, mailPaths} from './ledger/paths.js'

/** Every line of what the agents know of mail, and what this machine remembers of each account. */
export function inspectLedgers(fleet: Fleet): Inspection {
  const states = Object.keys(fleet.home.config.mail.accounts).map((name) => inspectState(fleet, name))
  return sumInspections([...listAgents(fleet.home).map((agent) => inspectAgent(fleet, agent)), ...states])
}

function inspectAgent({home: {files}}: Fleet, agent: AgentEntry): Inspection {
  const paths = mailPaths(agent)
  return inspectFolder(paths.folder, () =>
    sumInspections(
      listMailDays(files, agent).map((date) => {
        const path = paths.ledger(date)
        return inspectFile({files, path}, (bytes) => problemsIn(bytes.toString('utf8'), path))
      }),
    ),
  )
}

/** What such a line said is not known any more, so its mail may be judged and told a second time. */
function problemsIn(text: string, path: string): FileProblem[] {
  return parseRecords(text, path).troubles.map(({file, line, message}) => ({
    file,
    line,
    code: 'UNREADABLE',
    message: `${file}:${line}: ${message}`,
    fix: `git log -p -- ${shellWord(file)}`,
  }))
}

function inspectState({mcos}: Fleet, name: string): Inspection {
  const path = accountStatePath(name)
  const file = `.mcos/${path}`
  return inspectFile({files: mcos, path, shown: file}, (bytes) => {
    if (parseAccountState(bytes.toString('utf8')) !== null) return []
    const message = `${file}: expected where the reading of ${name} goes on, got something else`
    return [{file, line: null, code: 'UNREADABLE', message, fix: `mcos email triage ${name}`}]
  })
}
