import {describe, expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {readHeartbeat} from '../schedule/read-heartbeat.js'
import {findAgent} from '../workspace/agents.js'
import {readEarlierRuns} from './earlier-tool.js'

const HEARTBEAT = '## Email triage (every 2h)\nLook\n\n## Calendar (every 4h)\nLook\n\n## Weather (daily 08:00)\nLook\n'
const PLACE = 'workspaces/donna/memory/heartbeat-state.json'

async function earlierRuns(text: string, place = PLACE) {
  const scene = openScene({files: {'workspaces/donna/HEARTBEAT.md': HEARTBEAT, [place]: text}})
  const fleet = await scene.open()
  const {checks} = readHeartbeat(Buffer.from(HEARTBEAT), 'HEARTBEAT.md')
  const runs = readEarlierRuns(fleet, findAgent(fleet.home, 'donna'), checks)
  return Object.fromEntries([...runs].map(([id, at]) => [id, new Date(at).toISOString()]))
}

describe('the state of an earlier tool', () => {
  test.each([
    ['seconds', '{"lastChecks": {"email": 1795240800, "calendar": null}}'],
    ['milliseconds', '{"lastChecks": {"email": 1795240800000}}'],
    ['ISO times', '{"lastChecks": {"email": "2026-11-21T06:00:00Z"}}'],
    ['keys of its own', '{"lastEmailCheck": "2026-11-21T06:00:00Z", "note": "hello"}'],
  ])('is read in %s', async (_, text) => {
    expect(await earlierRuns(text)).toEqual({'email-triage': '2026-11-21T06:00:00.000Z'})
  })

  test('is found beside HEARTBEAT.md as well', async () => {
    const text = '{"weather": "2026-11-21T06:00:00Z"}'
    expect(await earlierRuns(text, 'workspaces/donna/heartbeat-state.json')).toEqual({
      weather: '2026-11-21T06:00:00.000Z',
    })
  })

  test.each([
    '',
    'no json',
    'null',
    '[1]',
    '{"lastChecks": "yes"}',
    '{"email": "soon"}',
    '{"email": "2031-01-01T00:00:00Z"}',
  ])('says nothing when it is %j', async (text) => {
    expect(await earlierRuns(text)).toEqual({})
  })
})

test('a check that an earlier tool ran an hour ago is not due again at the first beat', async () => {
  const scene = openScene({
    files: {'workspaces/donna/HEARTBEAT.md': HEARTBEAT, [PLACE]: '{"lastChecks": {"email": "2026-11-21T07:30:00Z"}}'},
  })
  const {checks} = await scene.beatOne('donna')
  expect(checks.map(({id, due}) => [id, due])).toEqual([
    ['email-triage', false],
    ['calendar', true],
    ['weather', true],
  ])
})
