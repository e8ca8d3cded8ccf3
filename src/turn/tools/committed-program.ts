import path from 'node:path'
import {coversCommand} from '../../guard/commands.js'
import {git} from '../../history/plumbing.js'
import {readHead} from '../../history/read-head.js'
import {findRepository} from '../../history/repository.js'
import {splitCommand} from '../../kit/command-line.js'
import {BadCall} from '../bad-call.js'
import type {ToolContext} from '../tool.js'

/**
 * A contract that names a script means the script as a person committed it, not what a model has made of it since: the
 * words of the contract's own line, and the program, that are files of the home must be as the last commit has them,
 * and that commit must be a person's.
 */
export function insistOnCommitted(commandLine: string, context: ToolContext): void {
  const {contract, fleet, draft} = context
  const prefix = contract.commands.find((line) => coversCommand(line, commandLine)) ?? ''
  const words = [...new Set([...splitCommand(prefix), splitCommand(commandLine)[0] ?? ''])]
  const scripts = words.flatMap((word, place) => homeFile(word, place === 0, context) ?? [])
  if (scripts.length === 0) return
  const committed = readHead(fleet.home.dir, scripts)
  for (const script of scripts) {
    const text = committed.get(script) ?? null
    if (text === null) throw refused(script, 'no person has committed it')
    if (!draft.read(script)?.equals(text)) throw refused(script, 'it is not as the last commit has it')
    if (!isByPerson(fleet.home.dir, script)) throw refused(script, 'a turn has changed it since a person committed it')
  }
}

/** The path from the home that a word of a command line names as the agent's folder sees it; null when it names none. */
function homeFile(word: string, isProgram: boolean, {fleet, agent, draft}: ToolContext): string | null {
  // A program without a slash is looked up in PATH, and never in the folder it is started in.
  if (word === '' || (isProgram && !word.includes('/'))) return null
  const {dir, files} = fleet.home
  const rel = path
    .relative(dir, path.resolve(dir, agent.path, word))
    .split(path.sep)
    .join('/')
  if (rel === '' || rel === '..' || rel.startsWith('../') || path.isAbsolute(rel)) return null
  const isFile = draft.touched().has(rel) ? draft.read(rel) !== null : files.stat(rel)?.kind === 'file'
  return isFile ? rel : null
}

/** Whether the newest commit of a path is a person's own, or one that a command made by a person's hand. */
function isByPerson(home: string, file: string): boolean {
  const repository = findRepository(home)
  const format = '--format=%(trailers:only,unfold)'
  const scope = `:(top,literal)${repository.prefix}${file}`
  const trailers = git(repository, ['log', '-1', '--no-show-signature', '--no-notes', format, 'HEAD', '--', scope])
  const text = trailers.toString()
  return !/^Mcos-Turn: /m.test(text) || /^Mcos-By: /m.test(text)
}

function refused(script: string, why: string): BadCall {
  return new BadCall(`${script} is not run: ${why}. A person commits it with: mcos commit ${script}`)
}
