import {listMentions} from '../../workspace/examine-secrets.js'
import {type Checkup, count, type Trouble} from '../../workspace/health.js'
import {whyNotStarted} from './bare-start.js'
import {isHandedOver, textsOf} from './handed-over.js'
import type {Machine} from './schedule-machine.js'
import {mendOf, placeOf} from './schedule-place.js'

/** Whether what is started can start, there. */
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

/** Whether what is started there has the secrets that it needs. */
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
