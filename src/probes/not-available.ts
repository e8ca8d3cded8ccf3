import {failedReading, type Probe} from './probe.js'

/** Holds the place of a probe that files may already name: always failed, so that nobody takes silence for "all well". */
export function notAvailable(word: string, why: string): Probe {
  return {
    word,
    baseline: false,
    read: async () => failedReading(`not available: ${why}`),
  }
}

export const tasksProbe = notAvailable('tasks', 'this version keeps no tasks yet')
export const metricProbe = notAvailable('metric', 'this version keeps no metrics yet')
