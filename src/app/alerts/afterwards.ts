import {tendAlerts} from '../../heartbeat/tend-alerts.js'
import {pause} from '../../kit/pause.js'
import type {Fleet} from '../../workspace/fleet.js'

/** What has to follow a word about an alert at once: people are asked who alone can answer, or told what is confirmed. */
export async function tendAfterwards(fleet: Fleet, id: string, signal: AbortSignal): Promise<void> {
  await tendAlerts(
    {
      fleet,
      route: async () => [],
      timeSources: [],
      signal,
      pagesTried: new Set(),
      listen: () => undefined,
      sleep: (ms) => pause(ms, signal),
    },
    {only: id},
  )
}
