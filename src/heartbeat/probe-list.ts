import type {Probe} from '../probes/probe.js'

/** Every probe word with where its code lies; a word's code is loaded when a check asks for it. */
export const PROBES: Readonly<Record<string, () => Promise<Probe>>> = {
  inbox: async () => (await import('../probes/inbox.js')).inboxProbe,
  http: async () => (await import('../probes/http.js')).httpProbe,
  run: async () => (await import('../probes/run.js')).runProbe,
  files: async () => (await import('../probes/files.js')).filesProbe,
  git: async () => (await import('../probes/git.js')).gitProbe,
  disk: async () => (await import('../probes/disk.js')).diskProbe,
  clock: async () => (await import('../probes/clock.js')).clockProbe,
  mail: async () => (await import('../probes/mail.js')).mailProbe,
  tasks: async () => (await import('../probes/not-available.js')).tasksProbe,
  metric: async () => (await import('../probes/not-available.js')).metricProbe,
}
