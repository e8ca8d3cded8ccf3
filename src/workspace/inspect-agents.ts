import {decodeText} from '../kit/decode.js'
import {type AgentEntry, agentPaths, listAgents} from './agents.js'
import {listDailyLogs, parseLog} from './daily-log.js'
import type {Fleet} from './fleet.js'
import {type FileProblem, type Inspection, inspectFile, inspectFolder, inspectText, sumInspections} from './health.js'
import {parseMemory} from './memory-file.js'
import {parseSoul} from './parse-soul.js'
import {parseWorkstate} from './workstate-file.js'

/** Every agent's own files: contracts and work states have a form to keep, prose only has to be readable. */
export function inspectAgents(fleet: Fleet): Inspection {
  return sumInspections(listAgents(fleet.home).flatMap((agent) => inspectAgent(fleet, agent)))
}

function inspectAgent({home: {files}}: Fleet, agent: AgentEntry): Inspection[] {
  const paths = agentPaths(agent)
  const chats = `${paths.folder === '.' ? '' : `${paths.folder}/`}workstate`
  return [
    inspectText({files, path: paths.soul}, parseSoul),
    ...[paths.agents, paths.user, paths.guardrails].map((path) => inspectFile({files, path}, readProse)),
    inspectFile({files, path: paths.memory}, (bytes) => {
      parseMemory(decodeText(bytes).text)
      return []
    }),
    ...[paths.workstate, ...listed(files, chats).map((name) => `${chats}/${name}`)].map((path) =>
      inspectText({files, path}, readWorkstate),
    ),
    inspectFolder(paths.memoryFolder, () =>
      sumInspections(
        listDailyLogs(files, agent).map(({path}) => inspectFile({files, path}, (bytes) => readLog(bytes, path))),
      ),
    ),
  ]
}

function readProse(bytes: Buffer): FileProblem[] {
  decodeText(bytes)
  return []
}

/** Notes that a person or an earlier tool left under that name have no header of ours, and no form to keep. */
function readWorkstate(text: string, file: string): void {
  if (/^---\r?\n(?:.*\r?\n)*?(?:turn|context_used|resumes):/.test(text)) parseWorkstate(text, file)
}

/** A turn that stands in one log twice was written twice: what a redo must never do. */
function readLog(bytes: Buffer, file: string): FileProblem[] {
  const seen = new Map<string, number>()
  return parseLog(decodeText(bytes).text).flatMap(({turn, trigger, line}): FileProblem[] => {
    if (turn === null) return []
    const key = `${trigger} ${turn}`
    const first = seen.get(key)
    seen.set(key, first ?? line)
    if (first === undefined) return []
    const message = `${file}:${line}: expected the turn ${turn} once, got it a second time; it stands in line ${first}.`
    return [{file, line, code: 'TURN_TWICE', message, fix: `mcos show ${turn}`}]
  })
}

function listed(files: Fleet['home']['files'], folder: string): string[] {
  const kind = files.stat(folder)?.kind
  if (kind !== 'folder') return []
  return files.list(folder).flatMap(({name, kind: of}) => (of === 'file' && name.endsWith('.md') ? [name] : []))
}
