import type {Torture} from './torture.js'

/** Every torture, loaded when it is asked for. */
export const TORTURES: Readonly<Record<string, () => Promise<{torture: Torture}>>> = {
  cedar: () => import('./cedar.js'),
  bypass: () => import('./bypass.js'),
  approvals: () => import('./approvals.js'),
  clocks: () => import('./clocks.js'),
  compromised: () => import('./compromised.js'),
  contention: () => import('./contention.js'),
  corruption: () => import('./corruption.js'),
  forgetting: () => import('./forgetting.js'),
  forged: () => import('./forged.js'),
  frontmatter: () => import('./frontmatter.js'),
  frozen: () => import('./frozen.js'),
  full: () => import('./full.js'),
  gates: () => import('./gates.js'),
  gitconfig: () => import('./gitconfig.js'),
  heartbeats: () => import('./heartbeats.js'),
  kill: () => import('./kill.js'),
  mail: () => import('./mail.js'),
  paths: () => import('./paths.js'),
  random: () => import('./random.js'),
  secrets: () => import('./secrets.js'),
  sigterm: () => import('./sigterm.js'),
  storms: () => import('./storms.js'),
  terminal: () => import('./terminal.js'),
}
