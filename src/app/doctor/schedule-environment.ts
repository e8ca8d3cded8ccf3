import type {InstalledSchedule} from '../../fleet/schedules/schedule.js'
import {listMentions} from '../../workspace/examine-secrets.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, count, type Trouble} from '../../workspace/health.js'
import type {ScheduleSite} from '../schedules/site.js'
import {whyNotStarted} from './bare-start.js'
import {isHandedOver, textsOf} from './handed-over.js'
import {mendOf, placeOf} from './schedule-place.js'

/** This machine as far as it starts beats. */
export interface Machine {
  siteOf(fleet: Fleet): ScheduleSite
  read(fleet: Fleet): Promise<readonly InstalledSchedule[]>
}

export function startsBare({read, siteOf}: Machine): Checkup {
  return {
    id: 'schedule-starts',
    title: 'What a schedule starts runs in the bare environment that it gets',
    means: 'It works when you type it and not when cron does: mostly because node or mcos is not on its PATH.',
    async examine(fleet) {
      const schedules = await read(fleet)
      const site = siteOf(fleet)
      const different = new Map(
        schedules.map((one) => [JSON.stringify([one.program, one.args[0], one.path, one.home]), one]),
      )
      const tried = [...different.values()].map(async (one): Promise<Trouble[]> => {
        const why = await whyNotStarted(fleet, site, one)
        return why === null ? [] : [{status: 'fail', detail: `${placeOf(one)}: ${why}`, fix: mendOf(one)}]
      })
      const troubles = (await Promise.all(tried)).flat()
      return {seen: schedules.length === 0 ? 'there is no schedule' : 'tried, and it does', troubles}
    },
  }
}

export function hasSecrets({read, siteOf}: Machine): Checkup {
  return {
    id: 'schedule-secrets',
    title: 'Every secret can be had where a schedule starts the beats',
    means: 'A key that stands in your shell is not in the crontab: engines and channels then fail at night.',
    async examine(fleet) {
      const schedules = await read(fleet)
      const mentions = (await listMentions(fleet)).filter(
        ({ref}) => ref.source === 'env' || ref.source === 'credential',
      )
      if (schedules.length === 0 || mentions.length === 0) return {seen: 'nothing has to be handed over', troubles: []}
      const texts = await textsOf(siteOf(fleet), schedules)
      const troubles = schedules.flatMap((one, index) =>
        mentions.flatMap(({ref, where}): Trouble[] => {
          if (isHandedOver(ref, {schedule: one, text: texts[index] ?? ''})) return []
          const detail = `${placeOf(one)} does not set ${ref.value}, which ${where} needs: keep it and refer to it as keyring:${ref.value}`
          return [{status: 'fail', detail, fix: `mcos secrets set ${ref.value}`}]
        }),
      )
      return {seen: count(mentions.length, 'secret'), troubles}
    },
  }
}
