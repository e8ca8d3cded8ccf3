import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {planWorkspace} from '../fleet/plan-workspace.js'
import {AGENT_TEMPLATES} from '../fleet/read-template.js'
import {openShipped} from '../fleet/shipped.js'
import {presentContext} from '../present/context.js'
import {contextOf} from './context.js'

const shipped = openShipped()
const ROLES = [...AGENT_TEMPLATES, 'main']
const CHECKS = ['Stalled work', 'Morning page', 'Memory']
  .map((title) => `## ${title}\n- [ ] Who promised something for today and has gone quiet? Ask once.\n`)
  .join('\n')

/** A fleet as `mcos init` makes it, with three checks that only a model can answer. */
async function reportOf(role: string) {
  const about = {template: role, name: 'donna', path: 'workspaces/donna', fleet: 'northwind', person: 'ada'}
  const changes = planWorkspace(shipped, {...about, reportsTo: 'jarvis', team: ['jarvis: orchestrator']})
  const workspace = changes.flatMap((change) => (change.kind === 'write' ? [[change.path, change.content]] : []))
  const rules = shipped
    .list('guardrails')
    .map(({name}) => [`guardrails/${name}`, shipped.readText(`guardrails/${name}`)])
  const files = Object.fromEntries([...workspace, ...rules]) as Record<string, string>
  const heartbeat = files['workspaces/donna/HEARTBEAT.md'] ?? ''
  const standing = heartbeat.slice(Math.max(heartbeat.indexOf('## Rules'), 0))
  const own = heartbeat.includes('## Rules') ? standing : ''
  const scene = openScene({files: {...files, 'workspaces/donna/HEARTBEAT.md': `${CHECKS}\n${own}`}})
  return contextOf(await scene.open(), 'donna', {purpose: 'heartbeat'})
}

test.each(ROLES)(
  'a beat of %s with three checks costs at most 3,000 tokens, four fifths of them always the same',
  async (role) => {
    const report = await reportOf(role)
    const count = (name: string) => report.parts.find((part) => part.name === name)?.tokens ?? 0
    if (process.env['SHOW']) process.stderr.write(`${role}\n${presentContext(report)}\n`)
    expect(report.parts.filter(({name}) => name === 'request')).toHaveLength(1)
    expect(count('tools')).toBeLessThanOrEqual(1100)
    expect(count('how')).toBeLessThanOrEqual(150)
    expect(report.tokens).toBeLessThanOrEqual(3000)
    expect(report.cached_tokens / report.tokens).toBeGreaterThanOrEqual(0.8)
  },
)
