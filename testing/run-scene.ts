import {onTestFinished} from 'vitest'
import type {RunReport} from '../src/app/run/report.js'
import type {Watch} from '../src/app/run/seat.js'
import {type RunRequest, run} from '../src/app/run.js'
import type {TurnEvent} from '../src/turn/events.js'
import {openScene, type Scene} from './heartbeat-scene.js'
import type {Script, ScriptedCall} from './model-server/behaviour.js'
import {type ModelServer, startModelServer} from './model-server/server.js'

/** A fleet whose only engine is a server on the loopback with the real wire format. */
export interface RunScene extends Scene {
  readonly server: ModelServer
  run(request?: Partial<RunRequest>, watch?: Partial<Watch>): Promise<{report: RunReport; events: TurnEvent[]}>
}

const SOUL = [
  '---',
  'reports_to: jarvis',
  'contract:',
  '  reads: [workspaces/donna/**]',
  '  writes: [workspaces/donna/**]',
  '  may: [message]',
  '  ask: [alert.P3]',
  '---',
  '# Donna',
  '',
].join('\n')

/** Opens it; the server ends with the test. */
export async function openRunScene(
  script: Script,
  {yaml = '', engine = '', people = 'people: { ada: { approves: [all], via: [terminal] } }'} = {},
): Promise<RunScene> {
  const server = await startModelServer({script})
  onTestFinished(() => server.close())
  const config = [
    'version: 1',
    'name: northwind',
    people,
    'engines:',
    `  claude: { kind: anthropic, model: claude-sonnet-5-5, base_url: "${server.url}", key: env:KEY${engine} }`,
    ...(yaml.includes('routes:') ? [] : ['routes: { default: [claude] }']),
    yaml,
    '',
  ].join('\n')
  const scene = openScene({files: {'mcos.yaml': config, 'workspaces/donna/SOUL.md': SOUL}, env: {KEY: 'sk-ant-test'}})
  return {
    ...scene,
    server,
    async run(request, watch) {
      const events: TurnEvent[] = []
      const report = await run(
        await scene.open(),
        {agent: 'donna', text: 'Write the letter to Ms Bell', ...request},
        {signal: new AbortController().signal, listen: (event) => events.push(event), ...watch},
      )
      return {report, events}
    },
  }
}

/** A call that writes one file of donna's. */
export function writes(name: string, text = `${name}\n`): ScriptedCall {
  return {tool: 'write', input: {path: `workspaces/donna/${name}`, content: text}}
}
