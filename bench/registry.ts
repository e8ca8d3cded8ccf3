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

/** Those whose figures are counts and prices, the same on a machine that has other work as well. */
export const COUNTED: ReadonlySet<string> = new Set(['money', 'prompt', 'false-blocks', 'triage'])
