import type {Checkup, Trouble} from '../workspace/health.js'
import {listBackOffs} from './back-off.js'
import {listAside} from './put-aside.js'

const askable: Checkup = {
  id: 'engines',
  title: 'Every engine may be asked',
  means: 'An engine that is put aside is not asked, and judgement waits or goes to the next one.',
  async examine({mcos, clock, home}) {
    const now = clock.now()
    const isKnown = ({engine}: {readonly engine: string}) => Object.hasOwn(home.config.engines, engine)
    const aside = listAside(mcos, now)
      .filter(isKnown)
      .map(({engine, at, reason, detail, file}): Trouble => {
        const since = new Date(at).toISOString()
        const told = `${engine} is put aside since ${since} (${reason}): ${detail}; set another key, or, if that one is right by now, have it asked again`
        return {status: 'warn', detail: told, fix: `rm .mcos/${file}`}
      })
    const waiting = listBackOffs(mcos, now)
      .filter(isKnown)
      .map(({engine, until, why}): Trouble => {
        const told = `${engine} is left alone until ${new Date(until).toISOString()}: ${why}`
        return {status: 'warn', detail: told, fix: 'mcos usage'}
      })
    return {seen: 'none is put aside or backing off', troubles: [...aside, ...waiting]}
  },
}

/** Whether what mcos.yaml names as engines will be asked by the next turn. */
export const ENGINE_CHECKUPS: readonly Checkup[] = [askable]
