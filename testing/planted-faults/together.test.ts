import {spawnSync} from 'node:child_process'
import {readdirSync} from 'node:fs'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {DoctorReport} from '../../src/app/doctor.js'
import {AGENT_FAULTS, type AgentFault} from './agent-faults.js'
import {examineAs, isCommand} from './check-up.js'
import {FLEET_FAULTS} from './fleet-faults.js'
import {type HealthyFleet, healthyFleet} from './healthy-fleet.js'
import type {Hand} from './planting.js'

interface Finding {
  readonly id: string
  readonly detail: string
  readonly fix: string
  readonly fixable: boolean
}

let healthy: HealthyFleet
let hand: Hand
let found: readonly Finding[]

const nameOf = (index: number): string => `x${index.toString().padStart(2, '0')}`

beforeAll(async () => {
  healthy = await healthyFleet()
  hand = healthy.fresh()
  AGENT_FAULTS.forEach(({like = 'flow'}, index) => {
    copyAgent(like, nameOf(index))
  })
  hand.commit()
  plant(({isLeft}) => isLeft !== true)
  for (const fault of FLEET_FAULTS) fault.plant(hand)
  hand.commit()
  plant(({isLeft}) => isLeft === true)
  found = findingsOf(await examineAs(hand))
})

afterAll(() => healthy.close())

test.each(AGENT_FAULTS.map((fault, index) => [fault.name, fault, nameOf(index)] as const))(
  'planted with all the others: %s',
  (_, {about}, name) => {
    const naming = found.filter(({detail}) => detail.includes(name) && about.every((word) => tells(detail, word)))
    expect(
      naming.length,
      found
        .filter(({detail}) => detail.includes(name))
        .map(({detail}) => detail)
        .join('\n'),
    ).toBeGreaterThan(0)
  },
)

test.each(FLEET_FAULTS.map((fault) => [fault.name, fault] as const))(
  'planted with all the others: %s',
  (_, {about}) => {
    const naming = found.filter(({detail}) => about.every((word) => tells(detail, word)))
    expect(naming.length, found.map(({detail}) => detail).join('\n')).toBeGreaterThan(0)
  },
)

test('what is no agent gets no key', () => {
  expect(found.filter(({id, detail}) => id === 'keys' && detail.includes('notes'))).toEqual([])
})

test('every command that is printed and can be run here takes its finding away', async () => {
  expect(found.filter(({fix}) => !isCommand(fix)).map(({id, fix}) => `${id}: ${fix}`)).toEqual([])
  const run = found.filter(({fix}) => /^(?:mv|rm|chmod|git (?!diff|log|push|fetch)) ?/.test(fix))
  expect(run.length).toBeGreaterThan(8)
  const failed = [...new Set(run.map(({fix}) => fix))].filter((fix) => {
    return spawnSync('sh', ['-c', fix], {cwd: hand.home, env: hand.env}).status !== 0
  })
  expect(failed).toEqual([])
  const left = new Set(findingsOf(await examineAs(hand)).map(({id, detail}) => `${id}: ${detail}`))
  expect(run.map(({id, detail}) => `${id}: ${detail}`).filter((told) => left.has(told))).toEqual([])
})

function tells(detail: string, word: string | RegExp): boolean {
  return typeof word === 'string' ? detail.includes(word) : word.test(detail)
}

function findingsOf({checks}: DoctorReport): Finding[] {
  return checks.flatMap(({id, findings}) => findings.map(({detail, fix, fixable}) => ({id, detail, fix, fixable})))
}

function plant(isWanted: (fault: AgentFault) => boolean): void {
  AGENT_FAULTS.forEach((fault, index) => {
    if (isWanted(fault)) fault.plant(hand, (path) => `workspaces/${nameOf(index)}${path && `/${path}`}`)
  })
}

function copyAgent(like: string, name: string): void {
  for (const entry of readdirSync(`${hand.home}/workspaces/${like}`, {withFileTypes: true})) {
    if (!entry.name.endsWith('.md')) continue
    const text = hand.read(`workspaces/${like}/${entry.name}`).replaceAll(`workspaces/${like}/`, `workspaces/${name}/`)
    hand.write(`workspaces/${name}/${entry.name}`, text)
  }
}
