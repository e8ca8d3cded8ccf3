import {expect, test} from 'vitest'
import type {TrustLine} from '../app/trust.js'
import {presentTrust} from './trust.js'

const line: TrustLine = {
  agent: 'donna',
  kind: 'run',
  text: 'run: df -h',
  file: 'workspaces/donna/HEARTBEAT.md',
  line: 3,
  trusted: false,
  hidden: false,
}

test('what a terminal would not show is written out, and never offered', () => {
  const hidden = {...line, text: 'run: ./check\u200b.sh \u009devil\u009c', hidden: true}
  const text = presentTrust({lines: [hidden], added: 0})
  expect(text).not.toContain('Not trusted on this machine')
  expect(text).toContain('run: ./check\\u{200b}.sh \\u{9d}evil\\u{9c}')
})

test('a letter that only looks like a plain one is named', () => {
  const text = presentTrust({lines: [{...line, text: 'run: ch\u0435ck'}], added: 0})
  expect(text).toContain('look twice, these are no plain letters: \u0435 (U+0435)')
})

test('a recovery is shown as one', () => {
  const text = presentTrust({lines: [{...line, kind: 'recover', text: 'run: x', trusted: true}], added: 0})
  expect(text).toBe('Trusted on this machine:\n  donna  recover: run: x\n      workspaces/donna/HEARTBEAT.md:3')
})
