import {asksFor, type Script, says, silence} from '../testing/model-server/behaviour.js'
import {type ModelFleet, makeModelFleet} from './model-fleet.js'

/** What keeps a turn busy when the signal comes. */
export const SCENES = ['slow server', 'hanging server', 'hanging tool', 'hanging engine', 'flood of calls'] as const
export type Scene = (typeof SCENES)[number]

/** What was asked for, to be found again in what the next turn is sent. */
export const WISH =
  'Write the letter 4711 to the Halloran family, and hold the payment to Kestrel Ltd until I tell you.'

const HEARTBEAT = '## Promises (every 12 hours)\n- [ ] Which answer did we promise for today? Is there a draft?\n'

/** A fleet in which the scene's engine stands first. */
export function makeScene(scene: Scene, {url, seconds}: {url: string; seconds: number}): ModelFleet {
  const fleet = makeModelFleet(['donna', 'jarvis'], {
    'mcos.yaml': configOf(url, null),
    'workspaces/donna/SOUL.md':
      '---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  writes: [workspaces/donna/**]\n  commands: ["sh hang.sh"]\n  unsandboxed: true\n  may: [message]\n---\n# Donna\n',
    'workspaces/donna/HEARTBEAT.md': HEARTBEAT,
    'workspaces/donna/hang.sh': stubborn(seconds),
    'workspaces/jarvis/SOUL.md': '# Jarvis\n',
    'engine.sh': stubborn(seconds),
  })
  if (scene === 'hanging engine') setConfig(fleet, configOf(url, `${fleet.home}/engine.sh`))
  return fleet
}

/** The same fleet once everything answers. */
export function mendScene(fleet: ModelFleet, url: string): void {
  setConfig(fleet, configOf(url, null))
}

function setConfig(fleet: ModelFleet, text: string): void {
  fleet.write('mcos.yaml', text)
  fleet.git('commit', '-qam', 'Other engines')
}

export function scriptOf(scene: Scene): Script {
  switch (scene) {
    case 'slow server':
      return () => says('This takes a while, and then some more. '.repeat(50), {pauseMs: 60})
    case 'hanging server':
    case 'hanging engine':
      return () => silence
    case 'hanging tool':
      return () => asksFor([{tool: 'run', input: {command: 'sh hang.sh'}}], {text: 'I run it.'})
    case 'flood of calls':
      return (_, index) => {
        const path = `workspaces/donna/notes/${index}.md`
        return asksFor([{tool: 'write', input: {path, content: 'A note.\n'}}], {text: `Note ${index}.`, delayMs: 30})
      }
  }
}

/** Ends for no polite word, and has a child that doesn't either. */
function stubborn(seconds: number): string {
  return `trap '' TERM INT HUP\nsleep ${seconds} &\nsleep ${seconds}\nsleep ${seconds}\n`
}

function configOf(url: string, program: string | null): string {
  return `version: 1
name: northwind
timezone: UTC
people: { ada: { approves: [all], via: [terminal] } }
engines:
  claude: { kind: anthropic, model: claude-sonnet-5-5, base_url: "${url}", key: env:KEY, timeout: 30s }
  code: { kind: command, run: [sh, ${program ?? 'engine.sh'}], speaks: claude, timeout: 30s, prices: {input: 1, output: 1} }
routes: { default: [${program ? 'code' : 'claude'}] }
`
}
