import type {ChangeSet, Identity} from '../history/change-set.js'
import {commitChangeSets} from '../history/commit-change-sets.js'
import {personIdentity} from '../history/person.js'
import {refusedBy} from '../history/refused-by.js'
import {newTurnId} from '../kit/ids.js'
import type {Change} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import {personHere} from './speaker.js'

export interface RecordRequest {
  readonly subject: string
  readonly body?: string
  readonly changes: readonly Change[]
  /** Whom it is done for, or whose folder it is about. */
  readonly agent?: string | undefined
  readonly trailers?: readonly (readonly [string, string])[]
  /** Machine-local files written once the commit is there. */
  readonly local?: ChangeSet['local']
  /** The turn's id, where the changes name it. */
  readonly turn?: string
  /** The person whose word it is, where that need not be the one at this machine: an answer over a channel. */
  readonly by?: string
  /** An agent that gave the command itself; default: the person who typed it is the author. */
  readonly author?: Identity
}

export interface RecordResult {
  readonly turn: string
  /** null when nothing that git keeps was changed. */
  readonly commit: string | null
}

/** What one command changes, applied whole and committed as a turn of its own, or refused with the file that is in the way. */
export function record(fleet: Fleet, request: RecordRequest): RecordResult {
  const {subject, body, changes, agent, trailers = [], local = [], author, by} = request
  const turn = request.turn ?? newTurnId(fleet.clock)
  const person = author ?? identityOf(fleet, by)
  const set: ChangeSet = {
    id: turn,
    changes,
    local,
    commit: {
      subject,
      ...(body === undefined ? {} : {body}),
      author: person,
      at: fleet.clock.now(),
      trailers: [
        ...(agent === undefined ? [] : [['Mcos-Agent', agent] as const]),
        ['Mcos-Turn', turn],
        ['Mcos-Trigger', author ? 'agent' : 'person'],
        ...(author ? [] : [['Mcos-By', by ?? personHere(fleet.home)] as const]),
        ...trailers,
      ],
    },
  }
  const [result] = commitChangeSets(fleet.home.dir, [set], {clock: fleet.clock})
  if (!result) throw new Error('a change set without a result')
  if (result.refused) throw refusedBy(result.refused)
  return {turn, commit: result.commit}
}

/** As git knows whoever sits here; anybody else by their name in the fleet. */
function identityOf({home, env}: Fleet, by: string | undefined): Identity {
  if (by === undefined || by === personHere(home)) return personIdentity(home.dir, env)
  return {name: by, email: `${by}@${home.config.name}.mcos`}
}
