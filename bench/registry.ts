import type {Bench} from './bench.js'

/** Every bench, loaded when it is asked for. */
export const BENCHES: Readonly<Record<string, () => Promise<{bench: Bench}>>> = {
  start: () => import('./start.js'),
  status: () => import('./status.js'),
  idle: () => import('./idle.js'),
  turn: () => import('./turn.js'),
  up: () => import('./up.js'),
  agents: () => import('./agents.js'),
  mail: () => import('./mail.js'),
  money: () => import('./money.js'),
  prompt: () => import('./prompt.js'),
  'false-blocks': () => import('./false-blocks.js'),
  triage: () => import('./triage.js'),
  years: () => import('./years.js'),
}
