import {useEffect, useState} from 'react'
import type {AgentDetail, DetailRequest} from '../../app/status/agent-detail.js'
import type {StatusSource} from '../../app/status/follow-status.js'
import type {DetailLine} from '../../present/status-detail.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'

interface Wish {
  readonly agent: string | null
  readonly page: AgentDetail['page']
  /** Something of the agent has changed when this has. */
  readonly stamp: unknown
}

/** The page of the opened agent, read again when something of it has changed; null: not read yet. */
export function useDetail(source: StatusSource, {agent, page, stamp}: Wish): readonly DetailLine[] | null {
  const [shown, setShown] = useState<{key: string; lines: readonly DetailLine[]} | null>(null)
  const key = `${agent} ${page}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp says when to read again
  useEffect(() => {
    if (agent === null) return
    let isOver = false
    const live = source.live()
    const entry = live.roster().find(({name}) => name === agent)
    if (!entry) return
    const request = {page, today: live.today(), lastTurn: live.lastTurn(agent)}
    readLines(live.fleet, entry, request).then(
      (read) => {
        if (!isOver) setShown({key, lines: read})
      },
      (error: unknown) => {
        // A bug goes where every other goes, not into a promise that nobody waits for.
        setImmediate(() => {
          throw error
        })
      },
    )
    return () => {
      isOver = true
    }
  }, [source, agent, page, key, stamp])
  return shown?.key === key ? shown.lines : null
}

/** What a page takes is loaded once somebody opens one. */
async function readLines(fleet: Fleet, agent: AgentEntry, request: DetailRequest): Promise<readonly DetailLine[]> {
  const [{readDetail}, {presentDetail}] = await Promise.all([
    import('../../app/status/agent-detail.js'),
    import('../../present/status-detail.js'),
  ])
  return presentDetail(await readDetail(fleet, agent, request))
}
