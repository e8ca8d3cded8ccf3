import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {presentFleetList} from '../present/fleet-list.js'
import {listFleet} from './fleet-list.js'
import {parkAgent} from './park.js'
import {stopFleet} from './stop.js'

test('every agent is listed by name, with its state, its machine, its last beat and why it is parked', async () => {
  const scene = openScene({
    files: {
      'workspaces/flow/SOUL.md': '---\nrole: Engineer\nhost: elsewhere\nwarm: always\n---\n# Flow\n',
      'workspaces/aaron/SOUL.md': '---\ncontract: [\n---\n',
    },
  })
  await scene.beat(['donna'])
  const fleet = await scene.open()
  parkAgent(fleet, {agent: 'jarvis', why: 'on leave'})
  stopFleet(fleet, {agent: 'donna', why: null})
  const list = await listFleet(fleet)
  expect(list.agents.map(({agent}) => agent)).toEqual(['aaron', 'donna', 'flow', 'jarvis'])
  expect(list.agents[1]).toEqual({
    agent: 'donna',
    state: 'warm',
    stopped: true,
    parked: null,
    warm: 'on-demand',
    role: null,
    host: null,
    last_beat: '2026-11-21T08:30:00.000Z',
    path: 'workspaces/donna',
  })
  expect(presentFleetList(list)).toMatchInlineSnapshot(`
    "AGENT   STATE          WARM       ROLE      HOST       LAST BEAT         PARKED BECAUSE
    aaron   idle           on-demand                       never
    donna   warm, stopped  on-demand                       2026-11-21 08:30
    flow    idle           always     Engineer  elsewhere  never
    jarvis  parked         on-demand                       never             on leave"
  `)
})

test('a fleet without agents says how to get one', () => {
  expect(presentFleetList({fleet: 'x', host: 'h', agents: [], strangers: []})).toBe(
    'No agents yet: mcos init agent NAME',
  )
  expect(presentFleetList({fleet: 'x', host: 'h', agents: [], strangers: ['workspaces/Bad_Name']})).toContain(
    '\n\nworkspaces/Bad_Name is no agent: ',
  )
})
