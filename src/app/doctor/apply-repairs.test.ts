import {readdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {doctorScene} from '../../../testing/doctor-scene.js'

test('what is put back as the last commit has it makes no turn that undo would not find', async () => {
  const scene = await doctorScene()

  rmSync(join(scene.dir, 'keys/donna.pub'))
  const {done, turn, commit} = await scene.fix()
  expect(done).toEqual(['Publish the key of donna: keys/donna.pub'])
  expect([turn, commit]).toEqual([null, null])
  expect(readdirSync(join(scene.dir, 'keys'))).toContain('donna.pub')
})
