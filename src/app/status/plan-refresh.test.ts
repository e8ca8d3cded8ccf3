import {expect, test} from 'vitest'
import {isFollowed} from '../watch/followed-paths.js'
import {planRefresh} from './plan-refresh.js'

const AGENTS = [
  {name: 'donna', path: 'workspaces/donna'},
  {name: 'flow', path: 'teams/flow'},
]

test.each([
  ['workspaces/donna/inbox/new/1.md', {agents: ['donna']}],
  ['teams/flow/WORKSTATE.md', {agents: ['flow']}],
  ['workspaces/donna/SOUL.md', {agents: ['donna'], roster: true}],
  ['workspaces/new', {roster: true}],
  ['.mcos/STOP', {agents: 'all'}],
  ['.mcos/STOP.donna', {agents: ['donna']}],
  ['.mcos/locks/donna.lock', {agents: ['donna']}],
  ['.mcos/beats/flow.json', {agents: ['flow']}],
  ['.mcos/runs/2026-11-21.jsonl', {receipts: true}],
  ['tasks/01JD0000000000000000000001-mend/events/x.md', {records: ['tasks/01JD0000000000000000000001-mend']}],
  ['approvals', {records: ['approvals']}],
  ['mcos.yaml', {config: true}],
])('%s makes work', (path, work) => {
  expect(planRefresh([path], AGENTS)).toEqual({
    roster: false,
    receipts: false,
    config: false,
    records: [],
    agents: [],
    ...work,
  })
})

test.each([
  ['', true],
  ['workspaces/donna/inbox/new/1.md', true],
  ['workspaces/new/SOUL.md', true],
  ['teams', true],
  ['teams/flow/WORKSTATE.md', true],
  ['teams/other', false],
  ['workspaces/donna/memory/2026-11-21.md', true],
  ['workspaces/donna/memory/2026-10-01.md', false],
  ['workspaces/donna/node_modules', false],
  ['workspaces/donna/mail', false],
  ['.git', false],
  ['.mcos/locks/donna.lock', true],
  ['.mcos/locks/donna.lock/1.json', false],
  ['.mcos/transcripts', false],
  ['.mcos/runs/2026-11-21.jsonl', true],
  ['.mcos/runs/2026-09-01.jsonl', false],
])('%j is followed: %s', (rel, expected) => {
  const path = rel === '' ? '/home/fleet' : `/home/fleet/${rel}`
  expect(isFollowed(path, {home: '/home/fleet', agents: AGENTS, today: '2026-11-21'})).toBe(expected)
})
