import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import type {Scene} from '../testing/heartbeat-scene.js'
import {runCommand} from '../testing/run-command.js'

type CommandClass = Parameters<typeof runCommand>[0]

/** One command line of mcos, as a person types it in a fleet. */
export interface Line {
  readonly words: string
  /** What stands behind the words; null: there is nothing to do it to. */
  argv(scene: Scene, beside: string): readonly string[] | null
}

/** Every command that asks git something or makes it do something. */
export const LINES: readonly Line[] = [
  line('status'),
  line('doctor'),
  line('fsck'),
  line('context', () => ['donna']),
  line('message send', () => ['donna', 'Please count the chairs']),
  line('heartbeat', () => ['--all', '--force']),
  line('message list', () => ['donna']),
  line('message done', (scene) => firstMessage(scene)),
  line('log', () => ['donna', 'counted the chairs']),
  line('memory add', () => ['donna', 'Chairs are blue', '--topic', 'Office']),
  line('memory show', () => ['donna']),
  line('memory commit', () => ['donna']),
  line('workstate show', () => ['donna']),
  line('workstate check', () => ['donna']),
  line('workstate clear', () => ['donna']),
  line('alert raise', () => ['P3', 'a chair is missing']),
  line('alert list'),
  line('approve list'),
  line('review'),
  line('commit', () => ['-m', 'By hand']),
  line('history'),
  line('show', (scene) => newestTurn(scene)),
  line('undo', (scene) => newestTurn(scene)),
  line('usage'),
  line('trust'),
  line('config show'),
  line('config check'),
  line('guard list'),
  line('guard test'),
  line('guard audit', () => ['donna']),
  line('secrets check'),
  line('secrets scan'),
  line('people list'),
  line('init agent', () => ['gene']),
  line('adopt', (_, beside) => [beside, '--name', 'clawd']),
  line('fleet rename', () => ['gene', 'hugo']),
  line('fleet retire', () => ['hugo']),
  line('hook git-pre-commit', () => []),
  line('hook git-pre-merge-commit', () => []),
  line('stop', () => ['donna']),
  line('resume', () => ['donna']),
  line('heartbeat', () => ['donna']),
]

/** How a line ended: what it said, and whether it ended as commands do, or by a bug of ours. */
export interface Played {
  readonly words: string
  readonly code: number
  readonly said: string
}

export async function play({words, argv}: Line, scene: Scene, beside: string): Promise<Played | null> {
  const rest = argv(scene, beside)
  if (rest === null) return null
  const file = join(import.meta.dirname, '../src/commands', `${words.split(' ').join('/')}.ts`)
  const module = (await import(file)) as {readonly default: CommandClass}
  const {code, stdout, stderr} = await runCommand(module.default, [...rest, '--home', scene.dir])
  return {words, code, said: `${stdout}${stderr}`}
}

function line(words: string, argv: Line['argv'] = () => []): Line {
  return {words, argv}
}

function firstMessage({dir}: Scene): readonly string[] | null {
  const [file] = ['cur', 'new'].flatMap((box) => namesIn(join(dir, 'workspaces/donna/inbox', box)))
  return file === undefined ? null : [file.replace(/^.*-|\.md$/g, ''), '--agent', 'donna']
}

function newestTurn(scene: Scene): readonly string[] | null {
  const [receipt] = scene.receipts().filter(({commit}) => commit !== null)
  return receipt === undefined ? null : [receipt.turn]
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.md'))
  } catch {
    // No box of that name yet.
    return []
  }
}
