import {expect, test} from 'vitest'
import {openBudgetScene} from '../../../testing/budget-scene.js'
import {settle} from './budget.js'
import {closeDays} from './closed-days.js'
import {inspectBooks} from './inspect-books.js'

test('a book is sound as it is written, and named when it is damaged, open or closed', () => {
  const scene = openBudgetScene()
  settle(scene, scene.take(), null, null)
  scene.clock.set('2026-11-22T10:00:00Z')
  const [closed] = closeDays(scene)
  scene.take()
  expect(inspectBooks(scene)).toMatchObject({files: 2, problems: []})
  scene.mcos.write(closed?.path ?? '', '{"version":1')
  scene.mcos.write('budget/2026-11-22.json', '')
  const {problems} = inspectBooks(scene)
  expect(JSON.stringify(problems)).toContain('budget/2026-11-22.json')
  expect(JSON.stringify(problems)).toContain(`.mcos/${closed?.path}`)
})

test('a closed day that was damaged is set aside by the next fold, and keeps nobody from the others', () => {
  const scene = openBudgetScene()
  settle(scene, scene.take(), null, null)
  scene.clock.set('2026-11-22T10:00:00Z')
  const [closed] = closeDays(scene)
  settle(scene, scene.take(), null, null)
  scene.mcos.write(closed?.path ?? '', 'x')
  scene.clock.set('2026-11-23T10:00:00Z')
  expect(closeDays(scene)).toMatchObject([{day: '2026-11-22'}])
  expect(scene.mcos.list('quarantine')).toHaveLength(1)
})
