import {hasSandbox} from '../kit/sandbox.js'
import {listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {type Checkup, type Examined, editCommand, type Trouble} from '../workspace/health.js'
import {readSoulsHere} from '../workspace/read-souls.js'
import {readStop, stopPath} from './stop.js'

const stopped: Checkup = {
  id: 'stop',
  title: 'Nothing is stopped',
  means: 'Nothing that is stopped works until it is resumed.',
  examine({home, mcos}) {
    const names = ['', ...listAgents(home).map(({name}) => name)]
    const stops = names.flatMap((name) => {
      const stop = readStop(mcos, name)
      return stop && stop.path === stopPath(name === '' ? null : name) ? [{name, ...stop}] : []
    })
    const troubles = stops.map(({name, who, when, why}): Trouble => {
      const by = [who && `by ${who}`, when && `at ${when}`, why].filter(Boolean).join(', ')
      const what = name === '' ? 'the whole fleet is stopped' : `${name} is stopped`
      return {status: 'warn', detail: `${what}${by && ` (${by})`}`, fix: `mcos resume ${name}`.trim()}
    })
    return {seen: 'no stop file', troubles}
  },
}

const enforced: Checkup = {
  id: 'enforced',
  title: 'No program of an agent can act as a person here',
  means: 'Without a sandbox a program of an agent can read the keys, so signatures and approvals prove nothing.',
  examine: (fleet) => examineEnforced(fleet, hasSandbox()),
}

/** The same, told whether there is a sandbox here. */
export async function examineEnforced(fleet: Fleet, isBoxed: boolean): Promise<Examined> {
  const fix = 'sudo apt-get install bubblewrap'
  const none = 'unenforced: there is no sandbox (bubblewrap) on this machine'
  const here: Trouble[] = isBoxed ? [] : [{status: 'warn', detail: `${none}, ${PROVE_NOTHING}`, fix}]
  const open = (await readSoulsHere(fleet)).filter(({soul}) => soul?.contract?.unsandboxed)
  const troubles = open.map(({agent, file}): Trouble => {
    const detail = `unenforced: ${file} says "unsandboxed: true", ${PROVE_NOTHING}: a program of ${agent.name} could read every key`
    return {status: 'warn', detail, fix: editCommand(file)}
  })
  return {seen: 'programs run in a sandbox', troubles: [...here, ...troubles]}
}

const PROVE_NOTHING = 'so approvals and signatures prove nothing here'

/** What the guard's own files tell. */
export const GUARD_CHECKUPS: readonly Checkup[] = [stopped, enforced]
