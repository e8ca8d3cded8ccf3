import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {isRecord} from '../../kit/is-record.js'
import {anthropicWire} from './anthropic-wire.js'
import type {CanaryDialect} from './try-out.js'

/** Claude Code. Its own permissions are opened, so that only a hook can be what stops a call. */
export const claudeCanary: CanaryDialect = {
  host: 'claude',
  program: 'claude',
  install: 'npm install -g @anthropic-ai/claude-code',
  wire: ({byTool, byShell}) =>
    anthropicWire([
      {tool: 'Write', input: {file_path: byTool, content: 'canary\n'}},
      {tool: 'Bash', input: {command: `echo canary > '${byShell}'`, description: 'Write a file'}},
    ]),
  prepare({own, person}) {
    mkdirSync(own, {recursive: true})
    const isVoid = person !== null && settingsIn(path.join(person, 'settings.json'))['disableAllHooks'] === true
    writeFileSync(path.join(own, 'settings.json'), JSON.stringify(isVoid ? {disableAllHooks: true} : {}))
  },
  args: ({hooks}) => [
    ...['-p', 'Canary', '--output-format', 'stream-json', '--verbose', '--max-turns', '20'],
    ...['--permission-mode', 'acceptEdits', '--allowedTools', 'Bash,Write,Edit'],
    // Programs of the person's that have nothing to do with it.
    '--strict-mcp-config',
    ...(hooks === 'on' ? [] : ['--settings', JSON.stringify({disableAllHooks: true})]),
  ],
  env: ({url, own}) => ({
    CLAUDE_CONFIG_DIR: own,
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'canary',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_MAX_RETRIES: '0',
    DISABLE_AUTOUPDATER: '1',
  }),
  again: () => false,
  explain: () => null,
}

/** What a JSON file holds; nothing where it can't be read, for then its host reads nothing either. */
export function settingsIn(file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isRecord(value) ? value : {}
  } catch {
    // None there, or not JSON.
    return {}
  }
}
