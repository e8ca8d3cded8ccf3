import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import type {FleetKind} from './fleets.js'
import {runGit} from './run-mcos.js'

/** One command that changes something, in the state of a fleet in which it does. */
export interface KillCase {
  readonly name: string
  readonly kind: FleetKind
  /** What is typed in the home; `dir` is the folder that holds it. */
  argv(dir: string): readonly string[]
  /** What comes next: a beat, by itself; or the same command again, where there is no fleet yet or no beat looks. */
  readonly next: 'beat' | 'again'
}

const CLIENTS = ['--claude', '--codex', '--gemini']

/** Every command that the kill torture ends in the middle. */
export const KILL_CASES: readonly KillCase[] = [
  beaten('heartbeat', 'news', () => ['heartbeat']),
  beaten('message send', 'calm', () => ['message', 'send', 'donna', 'Please count the chairs', '--json']),
  beaten('message done', 'read', (dir) => ['message', 'done', readMessage(dir), '--json']),
  beaten('init agent', 'calm', () => ['init', 'agent', 'gene', '--json']),
  {name: 'init fleet', kind: 'empty', next: 'again', argv: () => ['init', 'fleet', '.', '--json']},
  beaten('undo', 'worked', (dir) => ['undo', newestTurn(dir), '--json']),
  beaten('undo --since', 'worked', () => ['undo', 'donna', '--since', '00:00', '--json']),
  beaten('memory add', 'calm', () => ['memory', 'add', 'donna', 'Chairs are blue', '--topic', 'Office', '--json']),
  beaten('log', 'calm', () => ['log', 'donna', 'counted the chairs', '--json']),
  beaten('commit', 'edited', () => ['commit', '-m', 'Rewrite the notes', '--json']),
  beaten('trust', 'untrusted', () => ['trust', '--yes', '--json']),
  beaten('stop', 'calm', () => ['stop', '--json']),
  beaten('fleet park', 'calm', () => ['fleet', 'park', 'donna', '--why', 'on leave', '--json']),
  beaten('fleet wake', 'parked', () => ['fleet', 'wake', 'donna', '--json']),
  beaten('fleet sweep', 'aged', () => ['fleet', 'sweep', '--json']),
  beaten('adopt', 'calm', (dir) => ['adopt', join(dir, 'old'), '--name', 'clawd', '--json']),
  repeated('service install --cron', 'calm', () => ['service', 'install', '--cron', '--yes', '--json']),
  repeated('service install --systemd', 'calm', () => ['service', 'install', '--systemd', '--yes', '--json']),
  repeated('service install --launchd', 'calm', () => ['service', 'install', '--launchd', '--yes', '--json']),
  repeated('service remove', 'scheduled', () => ['service', 'remove', '--json']),
  repeated('mcp install', 'calm', () => ['mcp', 'install', 'donna', ...CLIENTS, '--json']),
  repeated('mcp uninstall', 'joined', () => ['mcp', 'uninstall', 'donna', ...CLIENTS, '--json']),
]

/** What changes files outside the fleet is typed once more, as no beat looks there. */
function repeated(name: string, kind: FleetKind, argv: KillCase['argv']): KillCase {
  return {name, kind, argv, next: 'again'}
}

function beaten(name: string, kind: FleetKind, argv: KillCase['argv']): KillCase {
  return {name, kind, argv, next: 'beat'}
}

/** The message that donna has read, by its id. */
function readMessage(dir: string): string {
  const [file = ''] = readdirSync(join(dir, 'home/workspaces/donna/inbox/cur'))
  return file.replace(/^.*-|\.md$/g, '')
}

/** donna's last turn. */
function newestTurn(dir: string): string {
  const format = '--format=%(trailers:key=Mcos-Turn,valueonly,separator=)'
  return runGit(join(dir, 'home'), 'log', '-1', '--author=donna', format).out.trim()
}
