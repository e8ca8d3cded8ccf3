import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {shellWord} from '../../kit/shell-word.js'
import {settingsIn} from './claude.js'
import {geminiWire} from './gemini-wire.js'
import type {CanaryDialect} from './try-out.js'

/** Its own word for a folder that nobody has trusted, in which it does not start without a terminal. */
const UNTRUSTED = 55

/** The Gemini CLI. It reads a folder's settings only where that folder is trusted. */
export const geminiCanary: CanaryDialect = {
  host: 'gemini',
  program: 'gemini',
  install: 'npm install -g @google/gemini-cli',
  wire: ({byTool, byShell}) =>
    geminiWire([
      {tool: 'write_file', input: {file_path: byTool, content: 'canary\n'}},
      {tool: 'run_shell_command', input: {command: `echo canary > '${byShell}'`, description: 'Write a file'}},
    ]),
  prepare({own, person, hooks}) {
    const dir = path.join(own, '.gemini')
    mkdirSync(dir, {recursive: true})
    const personal = person === null ? {} : settingsIn(path.join(person, 'settings.json'))
    const settings = {
      security: {auth: {selectedType: 'gemini-api-key'}},
      hooksConfig: hooks === 'on' ? (personal['hooksConfig'] ?? {}) : {enabled: false},
    }
    const trusted = person === null ? {} : settingsIn(path.join(person, 'trustedFolders.json'))
    writeFileSync(path.join(dir, 'settings.json'), JSON.stringify(settings))
    writeFileSync(path.join(dir, 'trustedFolders.json'), JSON.stringify(trusted))
  },
  args: ({home, attempt}) => [
    ...['-p', 'Canary', '--output-format', 'stream-json', '--approval-mode', 'yolo'],
    // Its own tools write nowhere else, so a write into the home would prove nothing of a hook.
    ...['--include-directories', home],
    // How people make it start in a folder that isn't trusted; then it reads none of the folder's settings.
    ...(attempt > 0 ? ['--skip-trust'] : []),
  ],
  env: ({url, own, hooks}) => ({
    GEMINI_CLI_HOME: own,
    GOOGLE_GEMINI_BASE_URL: url,
    GEMINI_API_KEY: 'canary',
    ...(hooks === 'off' ? {GEMINI_CLI_TRUST_WORKSPACE: 'true'} : {}),
  }),
  again: ({code, attempt}) => code === UNTRUSTED && attempt === 0,
  explain: ({attempt}, {folder}) =>
    attempt === 0
      ? null
      : {
          why: 'Gemini CLI does not trust this folder; it starts there with --skip-trust alone, and then reads no hook of it',
          fix: `cd ${shellWord(folder)} && gemini   # trust the folder`,
        },
}
