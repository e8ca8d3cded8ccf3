import {relative} from 'node:path'
import type {Dice} from './dice.js'

/** How a coding agent is asked to do it: the event its hook is told, as the hosts write it. */
export interface Carrier {
  readonly host: 'claude' | 'codex' | 'gemini'
  readonly event: string
  readonly tool: string
  input(command: string): Readonly<Record<string, unknown>>
}

/** Hosts that run command lines. */
export const SHELLS: readonly Carrier[] = [
  {host: 'claude', event: 'PreToolUse', tool: 'Bash', input: (command) => ({command, description: 'Tidy up'})},
  {host: 'claude', event: 'PreToolUse', tool: 'Bash', input: (command) => ({command, run_in_background: true})},
  {host: 'codex', event: 'PreToolUse', tool: 'Bash', input: (command) => ({command})},
  {host: 'gemini', event: 'BeforeTool', tool: 'run_shell_command', input: (command) => ({command})},
]

/** Tools that take a path: what each would do to it. */
export interface FileCarrier extends Omit<Carrier, 'input'> {
  input(path: string): Readonly<Record<string, unknown>>
}

export const FILE_TOOLS: readonly FileCarrier[] = [
  {host: 'claude', event: 'PreToolUse', tool: 'Write', input: (path) => ({file_path: path, content: 'owned'})},
  {
    host: 'claude',
    event: 'PreToolUse',
    tool: 'Edit',
    input: (path) => ({file_path: path, old_string: 'a', new_string: 'owned', replace_all: false}),
  },
  {
    host: 'claude',
    event: 'PreToolUse',
    tool: 'MultiEdit',
    input: (path) => ({file_path: path, edits: [{old_string: 'a', new_string: 'owned'}]}),
  },
  {
    host: 'claude',
    event: 'PreToolUse',
    tool: 'NotebookEdit',
    input: (path) => ({notebook_path: path, new_source: 'owned'}),
  },
  {
    host: 'codex',
    event: 'PreToolUse',
    tool: 'apply_patch',
    input: (path) => ({command: `*** Begin Patch\n*** Add File: ${path}\n+owned\n*** End Patch\n`}),
  },
  {
    host: 'codex',
    event: 'PreToolUse',
    tool: 'apply_patch',
    input: (path) => ({
      command: `*** Begin Patch\n*** Update File: notes.md\n*** Move to: ${path}\n@@\n-owned\n+moved\n*** End Patch\n`,
    }),
  },
  {
    host: 'codex',
    event: 'PreToolUse',
    tool: 'apply_patch',
    input: (path) => ({
      command: `*** Begin Patch\n*** Update File: notes.md\n@@\n-owned\n+fine\n*** Delete File: ${path}\n*** End Patch\n`,
    }),
  },
  {
    host: 'codex',
    event: 'PreToolUse',
    tool: 'Bash',
    input: (path) => ({
      command: `apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: ${path}\n+owned\n*** End Patch\nEOF`,
    }),
  },
  {host: 'gemini', event: 'BeforeTool', tool: 'write_file', input: (path) => ({file_path: path, content: 'owned'})},
  {
    host: 'gemini',
    event: 'BeforeTool',
    tool: 'replace',
    input: (path) => ({file_path: path, old_string: 'a', new_string: 'owned'}),
  },
]

/** Ways to write the path of one place, all of which lead there from the agent's folder. */
export const PATHS: Readonly<Record<string, (place: string, own: string, dice: Dice) => string>> = {
  relative: (place, own) => relative(own, place),
  absolute: (place) => place,
  dotted: (place, own) => `./${relative(own, place)}`,
  'double slashes': (place, own) => relative(own, place).replaceAll('/', '//'),
  'there and back': (place, own) => `../donna/${relative(own, place)}`,
  'absolute there and back': (place, own) => `${own}/../donna/${relative(own, place)}`,
  'dots within': (place, own) => relative(own, place).replaceAll('/', '/./'),
  'through a link': (place, own) =>
    place.endsWith('/wiki/page.md')
      ? 'shared/page.md'
      : place.endsWith('/mcos.yaml')
        ? 'config.yaml'
        : relative(own, place),
  'through proc': (place) => (place.startsWith('/') ? `/proc/self/root${place}` : place),
}
