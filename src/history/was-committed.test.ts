import {rmSync} from 'node:fs'
import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {wasCommitted} from './was-committed.js'

test('what a later commit has taken away was committed all the same, whatever the times of commits say', () => {
  const scene = openScene()
  scene.write('a.md', 'x\n')
  expect(wasCommitted(scene.dir, 'a.md')).toBe(false)
  scene.commitAll()
  expect(wasCommitted(scene.dir, 'a.md')).toBe(true)
  rmSync(`${scene.dir}/a.md`)
  scene.git('add', '-A')
  scene.git('-c', 'user.name=x', 'commit', '-qm', 'gone', '--date=2001-01-01T00:00:00Z')
  for (let n = 0; n < 8; n++) scene.git('commit', '-qm', 'old', '--allow-empty', '--date=2001-01-01T00:00:00Z')
  expect(wasCommitted(scene.dir, 'a.md')).toBe(true)
  expect(wasCommitted(scene.dir, '*.md')).toBe(false)
})
