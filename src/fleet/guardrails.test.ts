import {expect, test} from 'vitest'
import {failedExamples} from '../guard/guardrail-examples.js'
import {parseGuardrail} from '../workspace/guardrail-file.js'
import {openShipped} from './shipped.js'

const shipped = openShipped()
const files = shipped.list('guardrails').map(({name}) => name)

test('there is a file for each of the eleven lessons', () => {
  expect(files).toEqual([
    'founder-decides-deploys.md',
    'kill-mode-control-group.md',
    'live-clock-before-time-alarms.md',
    'no-auto-send.md',
    'no-recursive-delete.md',
    'no-secret-values.md',
    'one-agent-never-declares-p0.md',
    'one-token-each.md',
    'others-folders.md',
    'protected-branches.md',
    'secrets-are-populated.md',
  ])
})

test.each(files)('%s holds back what it must and lets the rest pass', (file) => {
  const {rule, body} = parseGuardrail(shipped.readText(`guardrails/${file}`) ?? '', file)
  if (!rule) throw new Error(`${file} is only advice`)
  expect(file).toBe(`${rule.id}.md`)
  expect(rule.lesson.split(/(?<=[.])\s/)).toHaveLength(2)
  expect(rule.examples.deny.length).toBeGreaterThan(0)
  expect(rule.examples.allow.length).toBeGreaterThan(0)
  expect(failedExamples(rule)).toEqual([])
  const [title = '', said = ''] = body.split('\n\n')
  expect(title).toMatch(/^# /)
  expect(`${title}\n${said}`.length, 'a model reads this at every beat').toBeLessThan(170)
})
