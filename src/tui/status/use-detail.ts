import {useEffect, useState} from 'react'
import {type AgentDetail, readDetail} from '../../app/agent-detail.js'
import type {StatusSource} from '../../app/follow-status.js'
import {type DetailLine, presentDetail} from '../../present/status-detail.js'

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
    readDetail(live.fleet, entry, request).then(
      (detail) => {
        if (!isOver) setShown({key, lines: presentDetail(detail)})
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
