import {expect, test} from 'vitest'
import {openToolScene} from '../../testing/tool-scene.js'
import type {McpHands} from './mcp/hands.js'
import {offeredTo} from './offered-tools.js'
import {estimateTokens} from './tokens.js'
import {loadTools, TOOLS} from './tool-list.js'
import {specsOf} from './tool-specs.js'
import {mcpTools} from './tools/mcp.js'

const MOST_TOKENS = 1_260

/** Only its names are asked for here. */
const SERVERS: McpHands = {
  listServers: () => [
    {name: 'search-console', summary: ''},
    {name: 'calendar', summary: ''},
  ],
  tools: async () => [],
  describe: () => Promise.reject(new Error('not asked for')),
  call: () => Promise.reject(new Error('not asked for')),
  close: async () => undefined,
}

test(`all tools together cost a beat at most ${MOST_TOKENS} tokens`, async () => {
  const tools = [...(await loadTools()), ...mcpTools(SERVERS)]
  const offered = specsOf(tools.filter(({name}) => name !== 'message_quarantine'))
  expect(estimateTokens(JSON.stringify(offered))).toBeLessThanOrEqual(MOST_TOKENS)
})

test('every tool has a name that the narrowest provider takes, and a schema whose required keys are its own', async () => {
  const specs = specsOf(await loadTools())
  expect(new Set(specs.map(({name}) => name)).size).toBe(specs.length)
  for (const {name, description, schema} of specs) {
    expect(name).toMatch(/^[a-z][a-z0-9_]{0,30}$/)
    expect(description).not.toBe('')
    const {type, properties, required} = schema as {type: string; properties: object; required: string[]}
    expect(type).toBe('object')
    expect(required.filter((key) => !(key in properties))).toEqual([])
    expect(Object.keys(properties).join()).not.toContain('?')
  }
})

test('a model is told only of what its contract can use', async () => {
  const {context} = await openToolScene({contract: {may: [], writes: []}})
  const offered = (await offeredTo(context, await loadTools())).map(({name}) => name)
  expect(offered).toEqual(['read', 'list', 'search', 'log', 'message_read', 'message_done', 'workstate'])
  expect(TOOLS.map(({name}) => name)).toContain('message_quarantine')
})
