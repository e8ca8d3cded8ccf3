import {useEffect, useState} from 'react'
import type {StatusSource} from '../../app/status/follow-status.js'
import {openWeek, type Week, type WeekSums} from '../../app/status/week.js'

interface Wish {
  /** null: nobody is opened, and nothing is read. */
  readonly agent: string | null
  /** 2026-11-21: another day is another week. */
  readonly today: string
  /** Its receipts have grown when this is another one. */
  readonly stamp: unknown
}

/** Seven days of an agent, summed up a part at a time once somebody looks; then only what was added is read. */
export function useWeek(source: StatusSource, {agent, today, stamp}: Wish): Week | null {
  const [sums, setSums] = useState<{today: string; week: WeekSums} | null>(null)
  const [version, setVersion] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stamp says when to read on
  useEffect(() => {
    if (agent === null) return
    const week = sums?.today === today ? sums.week : openWeek(source.live().fleet)
    let timer: NodeJS.Immediate | null = null
    const readOn = (): void => {
      timer = null
      if (week.readMore()) timer = setImmediate(readOn)
      else {
        setSums({today, week})
        setVersion((number) => number + 1)
      }
    }
    timer = setImmediate(readOn)
    return () => {
      if (timer) clearImmediate(timer)
    }
  }, [source, agent, today, stamp])
  return agent === null || sums === null || version === 0 ? null : sums.week.of(agent)
}
