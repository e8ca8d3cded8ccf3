import type {Action} from '../../guard/action.js'
import {pathsOfPatch} from '../../guard/apply-patch.js'
import {readShell} from '../../guard/shell/read-shell.js'
import {afterEdits, editsOf} from './edited-text.js'
import type {HookEvent} from './event.js'

/** What a call comes to, before its paths are looked up on the disk: absolute ones, as the tool would open them. */
export type Wanted =
  | {readonly kind: 'actions'; readonly actions: readonly Action[]}
  /** It can't be judged, and why. */
  | {readonly kind: 'unclear'; readonly why: string}
  /** No tool that is known here. */
  | {readonly kind: 'stranger'; readonly tool: string}

export interface WantedPlace {
  /** Absolute. */
  readonly cwd: string
  readonly userHome: string | null
}

type Input = Readonly<Record<string, unknown>>
type Reader = (input: Input, place: WantedPlace, call: HookEvent) => Wanted

/** A call of a host's tool as the actions that it comes to. */
export function wantedBy(call: HookEvent, place: WantedPlace): Wanted {
  const {tool, input} = call
  if (tool === null) return {kind: 'unclear', why: 'the hook was not told which tool it is about'}
  const reader = TOOLS.get(tool)
  if (reader) return reader(input, place, call)
  const mcp = call.mcp ?? mcpNameOf(tool)
  if (mcp)
    return actions({verb: `mcp.${mcp.server}.${mcp.tool}`, target: `${mcp.server}/${mcp.tool}`, content: textOf(input)})
  return {kind: 'stranger', tool}
}

/** What a search engine is asked goes out of the fleet, and what it answers comes from outside. */
const SEARCH_HOST = 'websearch'

const nothing: Reader = () => ({kind: 'actions', actions: []})
const reads: Reader = (input, place) => onPaths(['read'], pathsIn(input), place)
const looks: Reader = (input, place) => {
  const paths = pathsIn(input)
  const pattern = typeof input['pattern'] === 'string' ? input['pattern'] : ''
  // A pattern of a path may lead anywhere by itself.
  const before = /^(?:\/|~)|\.\./.test(pattern) ? [pattern.replace(/[*?[{].*$/s, '')] : []
  return onPaths(
    ['read'],
    [...(paths.length > 0 ? paths : [place.cwd]), ...before].map((path) => `${path}/**`),
    place,
  )
}
const writes: Reader = (input, place) => {
  const [path] = pathsIn(input)
  if (path === undefined) return {kind: 'unclear', why: 'it names no file'}
  const content = ['content', 'new_source', 'new_string']
    .map((key) => input[key])
    .find((value) => typeof value === 'string')
  return onPaths(['write'], [path], place, typeof content === 'string' ? content : undefined)
}
const edits: Reader = (input, place) => {
  const [path] = pathsIn(input)
  if (path === undefined) return {kind: 'unclear', why: 'it names no file'}
  return onPaths(['read', 'write'], [path], place, afterEdits(absolute(path, place), editsOf(input)))
}
const shell: Reader = (input, place) => {
  const {command, cmd} = input
  const line = command ?? cmd
  const cwd = ['workdir', 'cwd', 'directory', 'dir_path']
    .map((key) => input[key])
    .find((value) => typeof value === 'string')
  const at = typeof cwd === 'string' && cwd !== '' ? absolute(cwd, place) : place.cwd
  if (Array.isArray(line)) return ofArgv(line.map(String), {...place, cwd: at})
  if (typeof line !== 'string' || line.trim() === '') return {kind: 'unclear', why: 'it names no command'}
  return readShell(line, {cwd: at, ...(place.userHome === null ? {} : {userHome: place.userHome})})
}
const patches: Reader = (input, place) => {
  const text = ['command', 'input', 'patch'].map((key) => input[key]).find((value) => typeof value === 'string')
  const changes = typeof text === 'string' ? pathsOfPatch(text) : null
  if (changes === null) return {kind: 'unclear', why: 'the files that the patch changes can\u2019t be read'}
  return actions(
    ...changes.map(
      ({kind, path, content}): Action => ({
        verb: kind,
        target: absolute(path, place),
        ...(content === undefined ? {} : {content}),
      }),
    ),
  )
}
const fetches: Reader = (input) => {
  const text = ['url', 'prompt'].map((key) => input[key]).find((value) => typeof value === 'string')
  const urls = (typeof text === 'string' ? text : '').match(/https?:\/\/[^\s"'<>)\]]+/gi) ?? []
  const hosts = urls.flatMap((url) => (URL.canParse(url) ? [new URL(url).host] : []))
  if (hosts.length === 0 || hosts.length < urls.length) return {kind: 'unclear', why: 'it names no plain address'}
  return actions(...hosts.map((host) => ({verb: 'fetch', target: host})))
}

const TOOLS: ReadonlyMap<string, Reader> = new Map([
  ...named(
    nothing,
    'Task Agent TodoWrite TodoRead ExitPlanMode EnterPlanMode AskUserQuestion BashOutput TaskOutput TaskStop KillShell KillBash TaskCreate TaskUpdate TaskGet TaskList Skill ToolSearch StructuredOutput update_plan write_todos ask_user enter_plan_mode exit_plan_mode complete_task update_topic list_background_processes read_background_output CronList ReportFindings create_goal get_goal update_goal request_user_input request_user_input_async',
  ),
  ...named(reads, 'Read NotebookRead read_file view_image'),
  ...named(
    looks,
    'Glob Grep LS glob grep_search search_file_content list_directory ls read_many_files list_dir grep_files',
  ),
  ...named(writes, 'Write NotebookEdit write_file'),
  ...named(edits, 'Edit MultiEdit replace edit'),
  ...named(shell, 'Bash run_shell_command shell exec_command shell_command local_shell'),
  ...named(patches, 'apply_patch'),
  // To a program that runs already, only looking on is nothing.
  [
    'write_stdin',
    (input) =>
      input['chars']
        ? {kind: 'unclear', why: 'what a program makes of its input can\u2019t be judged'}
        : {kind: 'actions', actions: []},
  ],
  ...named(fetches, 'WebFetch web_fetch'),
  ...named(() => actions({verb: 'fetch', target: SEARCH_HOST}), 'WebSearch google_web_search web_search'),
])

function named(reader: Reader, names: string): [string, Reader][] {
  return names.split(' ').map((name) => [name, reader])
}

/** `mcp__server__tool`; a name with single lines in it could be cut in several places, and then nobody knows. */
function mcpNameOf(tool: string): HookEvent['mcp'] {
  const [, server, name] = /^mcp__(.+?)__(.+)$/.exec(tool) ?? /^mcp_([^_]+)_([^_]+)$/.exec(tool) ?? []
  return server === undefined || name === undefined ? null : {server, tool: name}
}

/** Words that a program gets without a shell, or the line that a shell among them is given. */
function ofArgv(argv: readonly string[], place: WantedPlace): Wanted {
  if (argv.length === 0) return {kind: 'unclear', why: 'it names no command'}
  const line = argv.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  return readShell(line, {cwd: place.cwd, ...(place.userHome === null ? {} : {userHome: place.userHome})})
}

function pathsIn(input: Input): string[] {
  const keys = ['file_path', 'notebook_path', 'absolute_path', 'path', 'dir_path', 'file', 'paths', 'include']
  return keys.flatMap((key) => {
    const value = input[key]
    if (Array.isArray(value)) return value.filter((one) => typeof one === 'string')
    return typeof value === 'string' && value !== '' && key !== 'include' ? [value] : []
  })
}

function onPaths(verbs: readonly string[], paths: readonly string[], place: WantedPlace, content?: string): Wanted {
  if (paths.length === 0) return {kind: 'unclear', why: 'it names no file'}
  return actions(
    ...paths.flatMap((path) =>
      verbs.map(
        (verb): Action => ({
          verb,
          target: absolute(path, place),
          ...(verb === 'write' && content !== undefined ? {content} : {}),
        }),
      ),
    ),
  )
}

/** As the tools take it: `~` is a person's home to some of them, and to the others a folder of that name below. */
function absolute(path: string, {cwd, userHome}: WantedPlace): string {
  if (/^~(?:\/|$)/.test(path) && userHome !== null) return `${userHome}${path.slice(1)}`
  return path.startsWith('/') ? path : `${cwd}/${path}`
}

function actions(...all: readonly Action[]): Wanted {
  return {kind: 'actions', actions: all}
}

function textOf(input: Input): string {
  return JSON.stringify(input)
}
