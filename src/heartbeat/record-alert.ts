import {eventChange} from '../alerts/event-change.js'
import type {AlertCase} from '../alerts/read-alerts.js'
import {commitChangeSets} from '../history/commit-change-sets.js'
import {newTurnId} from '../kit/ids.js'
import {cleanLine, shorten} from '../kit/text.js'
import {listAgents} from '../workspace/agents.js'
import type {AlertEvent} from '../workspace/alert-file.js'
import type {Change} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'

/** Commits what was done about an alert, with the messages that go with it; false: somebody else has done it before. */
export function recordAlert(
  {home, clock}: Fleet,
  {alert, folder}: Pick<AlertCase, 'alert' | 'folder'>,
  {
    event,
    changes = [],
    told,
  }: {readonly event: AlertEvent; readonly changes?: readonly Change[]; readonly told: string},
): boolean {
  const turn = newTurnId(clock)
  const {by} = event
  const isAgent = listAgents(home).some(({name}) => name === by)
  const set = {
    id: turn,
    changes: [eventChange(folder, event), ...changes],
    local: [],
    commit: {
      subject: shorten(cleanLine(`alert ${alert.id.slice(0, 12)}: ${told}`), 100),
      author: {name: by, email: `${by}@${home.config.name}.mcos`},
      at: clock.now(),
      trailers: [
        ...(isAgent ? [['Mcos-Agent', by] as const] : []),
        ['Mcos-Turn', turn] as const,
        ['Mcos-Trigger', 'alert'] as const,
      ],
    },
  }
  const [result] = commitChangeSets(home.dir, [set], {clock})
  return result?.refused === null
}
