import type {Folder} from '../kit/folder.js'
import {parseAlert, parseAlertEvent} from './alert-file.js'
import {parseAnswer, parseRequest, parseUse} from './approval-file.js'
import type {Fleet} from './fleet.js'
import {parseGuardrail} from './guardrail-file.js'
import {type Inspection, inspectFolder, inspectText, sumInspections} from './health.js'
import {parseTask, parseTaskEvent} from './task-file.js'
import {parseUsage} from './usage-ledger.js'

type Parse = (text: string, file: string) => unknown

/** Files that state one fact and have a fixed form: guardrails, tasks, alerts, approvals, the usage ledger. */
export function inspectRecords({home: {files}}: Fleet): Inspection {
  return sumInspections([
    inspectFolder('guardrails', () => inspectGuardrails(files)),
    ...withEvents(files, 'tasks', {main: ['task.md', parseTask], event: parseTaskEvent}),
    ...withEvents(files, 'alerts', {main: ['alert.md', parseAlert], event: parseAlertEvent}),
    ...foldersIn(files, 'approvals').flatMap((folder) => [
      inspectText({files, path: `${folder}/request.md`}, parseRequest),
      inspectText({files, path: `${folder}/answer.md`}, parseAnswer),
      inspectText({files, path: `${folder}/used.md`}, parseUse),
    ]),
    ...foldersIn(files, 'usage').flatMap((folder) =>
      filesIn(files, folder, /\.jsonl$/).map((path) => inspectText({files, path}, parseUsage)),
    ),
  ])
}

/** What can't be listed is told: a guard that finds no rules where there should be some is none. */
function inspectGuardrails(files: Folder): Inspection {
  const isRule = /^(?!readme\.md$).*\.md$/i
  const paths = files.list('guardrails').flatMap(({name}) => (isRule.test(name) ? [`guardrails/${name}`] : []))
  return sumInspections(paths.map((path) => inspectText({files, path}, parseGuardrail)))
}

function withEvents(
  files: Folder,
  root: string,
  {main: [name, parse], event}: {readonly main: readonly [string, Parse]; readonly event: Parse},
): Inspection[] {
  return foldersIn(files, root).flatMap((folder) => [
    inspectText({files, path: `${folder}/${name}`}, parse),
    ...markdownIn(files, `${folder}/events`).map((path) => inspectText({files, path}, event)),
  ])
}

/** Folders named after an id, as records have them; another tool's folder of the same name is not read. */
function foldersIn(files: Folder, root: string): string[] {
  const isOurs = root === 'usage' ? /^[a-z0-9-]+$/ : /^[0-7][0-9A-HJKMNP-TV-Z]{25}/
  return entriesOf(files, root)
    .filter(({name, kind}) => kind === 'folder' && isOurs.test(name))
    .map(({name}) => `${root}/${name}`)
}

function markdownIn(files: Folder, folder: string): string[] {
  return filesIn(files, folder, /\.md$/).filter((path) => !/\/readme\.md$/i.test(path))
}

function filesIn(files: Folder, folder: string, form: RegExp): string[] {
  return entriesOf(files, folder)
    .filter(({name, kind}) => kind === 'file' && form.test(name))
    .map(({name}) => `${folder}/${name}`)
}

function entriesOf(files: Folder, folder: string): ReturnType<Folder['list']> {
  return files.stat(folder)?.kind === 'folder' ? files.list(folder) : []
}
