import {expect, test} from 'vitest'
import {compileGlob} from '../kit/path-glob.js'
import {type GuardrailExample, type GuardrailRule, parseGuardrail} from '../workspace/guardrail-file.js'
import {openShipped} from './shipped.js'

const shipped = openShipped()
const files = shipped.list('guardrails').map(({name}) => name)

/** The meaning the files promise: the verb is listed, and every other key that applies to such an action holds. */
function speaks(rule: GuardrailRule, {verb, target, content}: GuardrailExample): boolean {
  if (!rule.verbs.includes(verb)) return false
  const isPath = /^(read|write|git\.push)$/.test(verb)
  if (rule.paths && isPath && !rule.paths.some((pattern) => compileGlob(pattern)(target))) return false
  if (rule.commands && verb === 'run' && !rule.commands.some((begin) => `${target} `.startsWith(`${begin} `)))
    return false
  if (rule.hosts && verb.startsWith('http.') && !rule.hosts.includes(target)) return false
  if (rule.content?.has && !new RegExp(rule.content.has, 'im').test(content ?? '')) return false
  return !(rule.content?.lacks && new RegExp(rule.content.lacks, 'im').test(content ?? ''))
}

test('there is a file for each of the six lessons', () => {
  expect(files).toEqual([
    'founder-decides-deploys.md',
    'kill-mode-control-group.md',
    'live-clock-before-time-alarms.md',
    'one-agent-never-declares-p0.md',
    'one-token-each.md',
    'secrets-are-populated.md',
  ])
})

test.each(files)('%s holds back what it must and lets the rest pass', (file) => {
  const rule = parseGuardrail(shipped.readText(`guardrails/${file}`) ?? '', file)
  expect(file).toBe(`${rule.id}.md`)
  expect(rule.lesson.split(/(?<=[.])\s/)).toHaveLength(2)
  expect(rule.body).toMatch(/^# /)
  expect(rule.examples.deny.length).toBeGreaterThan(0)
  expect(rule.examples.allow.length).toBeGreaterThan(0)
  for (const example of rule.examples.deny) expect(speaks(rule, example), JSON.stringify(example)).toBe(true)
  for (const example of rule.examples.allow) expect(speaks(rule, example), JSON.stringify(example)).toBe(false)
})
