import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {NEW_BEAT_STATE} from './beat-state.js'

const HEARTBEAT = '## App (every heartbeat)\n- `run: sh app`, `recover: sh mend`\n'
const FILES = {
  'workspaces/donna/HEARTBEAT.md': HEARTBEAT,
  'workspaces/donna/app': 'cat state; test ! -s state\n',
  'workspaces/donna/mend': 'echo once >> tried\n',
  'workspaces/donna/state': 'down\n',
}

function openTrusted() {
  const scene = openScene({files: FILES})
  const trust = () =>
    scene.trust('donna', [
      {kind: 'run', text: 'run: sh app'},
      {kind: 'recover', text: 'sh mend'},
    ])
  trust()
  return {scene, trust}
}

describe('a machine without its own memory', () => {
  test('takes an outage of the log as known and tried, and tells when it is over', async () => {
    const {scene, trust} = openTrusted()
    await scene.beatOne('donna')
    expect(scene.read('workspaces/donna/tried')).toBe('once\n')
    rmSync(join(scene.dir, '.mcos/beats'), {recursive: true})
    trust()
    await scene.beatOne('donna')
    expect(scene.read('workspaces/donna/tried')).toBe('once\n')
    scene.write('workspaces/donna/state', '')
    expect((await scene.beatOne('donna')).reason).toMatch(/^back: /)
  })

  test('tries again what the log says is over', async () => {
    const {scene, trust} = openTrusted()
    await scene.beatOne('donna')
    scene.write('workspaces/donna/state', '')
    await scene.beatOne('donna')
    rmSync(join(scene.dir, '.mcos/beats'), {recursive: true})
    trust()
    scene.write('workspaces/donna/state', 'down\n')
    await scene.beatOne('donna')
    expect(scene.read('workspaces/donna/tried')).toBe('once\nonce\n')
  })
})

test('a recovery whose beat was killed is not tried a second time', async () => {
  const {scene} = openTrusted()
  // As it lies on the disk between the moment a recovery begins and the moment it is over.
  const outage = {
    since: scene.clock.now() - 1,
    detail: 'down',
    recovery: 'it was begun, and its end was not seen',
    page: null,
  }
  const check = {lastRun: null, ahead: null, nextDue: null, readings: {}, outages: {'run sh app': outage}}
  scene.write('.mcos/beats/donna.json', JSON.stringify({...NEW_BEAT_STATE, checks: {app: check}}))
  const {state, reason} = await scene.beatOne('donna')
  expect({state, reason}).toMatchObject({state: 'worked', reason: expect.stringContaining('outage: ')})
  expect(scene.list('workspaces/donna')).not.toContain('tried')
})
