import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {shellWord} from '../../kit/shell-word.js'
import {tablesOfTrust} from './codex-trust.js'
import {openaiWire} from './openai-wire.js'
import type {ToolCall} from './tool-call.js'
import type {CanaryDialect, ForbiddenWrites} from './try-out.js'

/** The Codex CLI. It is told of what the person trusts, for it skips every other hook without a word. */
export const codexCanary: CanaryDialect = {
  host: 'codex',
  program: 'codex',
  install: 'npm install -g @openai/codex',
  wire: (writes) => openaiWire((offered) => callsFor(writes, offered)),
  prepare({own, person}) {
    mkdirSync(own, {recursive: true})
    const config = person === null ? '' : tablesOfTrust(readText(path.join(person, 'config.toml')))
    writeFileSync(path.join(own, 'config.toml'), config)
  },
  args: ({url, hooks}) => [
    ...['exec', '--json', '--skip-git-repo-check', '--sandbox', 'danger-full-access'],
    ...['-c', 'model_provider="canary"', '-c', `model_providers.canary=${provider(url)}`],
    ...['-c', 'analytics.enabled=false', '-c', 'check_for_update_on_startup=false'],
    ...(hooks === 'on' ? [] : ['-c', 'features.hooks=false']),
    'Canary',
  ],
  env: ({own}) => ({CODEX_HOME: own, CODEX_API_KEY: 'canary'}),
  again: () => false,
  explain({stderr}, {folder}) {
    const fix = `cd ${shellWord(folder)} && codex   # trust the folder, then the hooks under /hooks`
    return /untrusted project/i.test(stderr)
      ? {why: 'Codex does not trust this folder and reads none of its settings', fix}
      : {why: 'Codex skips hooks, without a word, until a person has trusted each as it stands', fix}
  },
}

function provider(url: string): string {
  const settings = {name: 'canary', base_url: `${url}/v1`, wire_api: 'responses', env_key: 'CODEX_API_KEY'}
  const texts = Object.entries(settings).map(([key, value]) => `${key}=${JSON.stringify(value)}`)
  return `{${[...texts, 'supports_websockets=false', 'request_max_retries=0', 'stream_max_retries=0'].join(',')}}`
}

/** Models are offered different tools for the same two things: JavaScript that calls them, or the tools themselves. */
function callsFor({byTool, byShell}: ForbiddenWrites, offered: ReadonlySet<string>): readonly ToolCall[] {
  const patch = `*** Begin Patch\n*** Add File: ${byTool}\n+canary\n*** End Patch`
  const command = `echo canary > '${byShell}'`
  if (offered.has('custom:exec')) {
    return [
      {tool: 'exec', input: `text(await tools.apply_patch(${JSON.stringify(patch)}))`},
      {tool: 'exec', input: `text(await tools.exec_command({cmd: ${JSON.stringify(command)}}))`},
    ]
  }
  const shell = (line: string): ToolCall =>
    offered.has('exec_command')
      ? {tool: 'exec_command', input: {cmd: line}}
      : offered.has('shell_command')
        ? {tool: 'shell_command', input: {command: line}}
        : {tool: 'shell', input: {command: ['bash', '-lc', line]}}
  const edit: ToolCall = offered.has('custom:apply_patch')
    ? {tool: 'apply_patch', input: patch}
    : offered.has('apply_patch')
      ? {tool: 'apply_patch', input: {input: patch}}
      : shell(`apply_patch <<'EOF'\n${patch}\nEOF`)
  return [edit, shell(command)]
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Nothing is trusted then.
    return ''
  }
}
