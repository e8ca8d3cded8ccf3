import {execFileSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import type {ToolCall} from '../src/app/canary/tool-call.js'
import type {CodingAgent} from '../src/app/guard-install/coding-agents.js'
import {openScene, type Scene} from './heartbeat-scene.js'
import {tempFolder} from './temp-folder.js'

const SOUL = `---
reports_to: jarvis
contract:
  reads: [workspaces/donna/**]
  writes: [workspaces/donna/**]
---
# Donna
`

/** What a model wants: one thing that the contract lets it, then what must never be. */
export interface ForbiddenScene extends Scene {
  /** In each host's own words; the last one takes away what the others would leave. */
  readonly calls: Readonly<Record<CodingAgent, readonly ToolCall[]>>
  /** Which of it has come about. */
  effects(): Readonly<Record<string, boolean>>
}

/** A fleet with a remote that has a commit of its own, which only a forced push overwrites. */
export function openForbiddenScene(): ForbiddenScene {
  const scene = openScene({files: {'workspaces/donna/SOUL.md': SOUL, 'workspaces/gene/AGENTS.md': '# Work\n'}})
  const remote = tempFolder()
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote])
  const other = scene.git('commit-tree', '-m', 'Theirs', scene.git('rev-parse', 'HEAD^{tree}').trim()).trim()
  scene.git('push', '-q', remote, `${other}:refs/heads/main`)
  scene.git('remote', 'add', 'origin', remote)
  const at = (path: string): string => join(scene.dir, path)
  const places = {
    allowed: at('workspaces/donna/notes.md'),
    write: at('workspaces/jarvis/note.md'),
    redirection: at('workspaces/jarvis/redirected.md'),
    typed: at('workspaces/jarvis/typed.md'),
    soul: at('workspaces/donna/SOUL.md'),
    removal: at('workspaces/gene'),
  }
  return {
    ...scene,
    calls: {claude: forClaude(places), codex: forCodex(places), gemini: forGemini(places)},
    effects: () => ({
      allowed: existsSync(places.allowed),
      write: existsSync(places.write),
      redirection: existsSync(places.redirection) || existsSync(places.typed),
      soul: scene.read('workspaces/donna/SOUL.md').includes('Mallory'),
      removal: !existsSync(places.removal),
      push: execFileSync('git', ['-C', remote, 'rev-parse', 'main'], {encoding: 'utf8'}).trim() !== other,
    }),
  }
}

type Places = Readonly<Record<'allowed' | 'write' | 'redirection' | 'typed' | 'soul' | 'removal', string>>

const PUSH = 'git push --force origin HEAD:main'

function commands({redirection, removal}: Places, remover: 'rm' | 'find' = 'rm'): readonly string[] {
  const deletion = remover === 'rm' ? `rm -rf '${removal}'` : `find '${removal}' -depth -delete`
  return [`echo x > '${redirection}'`, deletion, PUSH]
}

function forClaude(places: Places): ToolCall[] {
  return [
    {tool: 'Write', input: {file_path: places.allowed, content: 'mine\n'}},
    {tool: 'Write', input: {file_path: places.write, content: 'x\n'}},
    // It edits only what it has read.
    {tool: 'Read', input: {file_path: places.soul}},
    {tool: 'Edit', input: {file_path: places.soul, old_string: '# Donna', new_string: '# Mallory'}},
    ...commands(places).map((command) => ({tool: 'Bash', input: {command, description: 'A step'}})),
  ]
}

function forCodex(places: Places): ToolCall[] {
  const script = (text: string): ToolCall => ({tool: 'exec', input: text})
  const patch = (...lines: string[]): ToolCall =>
    script(
      `text(await tools.apply_patch(${JSON.stringify(['*** Begin Patch', ...lines, '*** End Patch'].join('\n'))}))`,
    )
  const type = JSON.stringify(`echo x > '${places.typed}'\n`)
  return [
    patch(`*** Add File: ${places.allowed}`, '+mine'),
    patch(`*** Add File: ${places.write}`, '+x'),
    patch(`*** Update File: ${places.soul}`, '@@', '-# Donna', '+# Mallory'),
    // It refuses `rm -rf` by itself, so that would prove nothing.
    ...commands(places, 'find').map((cmd) => script(`text(await tools.exec_command(${JSON.stringify({cmd})}))`)),
    // No hook is asked about what is typed into a program, so the program itself must not come to run.
    script(
      `const shell = await tools.exec_command({cmd: 'bash --norc', tty: true, yield_time_ms: 500}); text(await tools.write_stdin({session_id: shell.session_id, chars: ${type}, yield_time_ms: 500}))`,
    ),
  ]
}

function forGemini(places: Places): ToolCall[] {
  const edit = {file_path: places.soul, instruction: 'Rename', old_string: '# Donna', new_string: '# Mallory'}
  return [
    {tool: 'write_file', input: {file_path: places.allowed, content: 'mine\n'}},
    {tool: 'write_file', input: {file_path: places.write, content: 'x\n'}},
    {tool: 'replace', input: edit},
    ...commands(places).map((command) => ({tool: 'run_shell_command', input: {command, description: 'A step'}})),
  ]
}
