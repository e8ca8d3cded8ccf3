import {fileURLToPath} from 'node:url'
import {expect, onTestFinished, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {openToolScene} from '../../../testing/tool-scene.js'
import type {Contract} from '../../workspace/soul.js'
import {openMcp} from '../mcp/open-mcp.js'
import {offeredTo} from '../offered-tools.js'
import {specsOf} from '../tool-specs.js'
import {mcpTools} from './mcp.js'

const SERVER = fileURLToPath(new URL('../../../testing/fake-mcp/fake-server.mjs', import.meta.url))

async function open(args: readonly string[], contract: Partial<Contract> = {may: ['mcp.index.*']}) {
  const command = JSON.stringify([process.execPath, SERVER, ...args])
  const files = {'mcos.yaml': `version: 1\nname: northwind\nmcp:\n  index: {command: ${command}, agents: [donna]}\n`}
  const hands = openMcp(await openScene({files}).open(), {name: 'donna'})
  onTestFinished(() => hands.close())
  const tools = mcpTools(hands)
  return {tools, ...(await openToolScene({contract, tools, files}))}
}

const tokensOf = (text: string): number => Buffer.byteLength(text) / 4

test('a server with 239 tools costs a prompt no more than one with three, and its list is short as well', async () => {
  const {tools, tell} = await open(['tools=239'])
  const specs = JSON.stringify(specsOf(tools))
  const list = await tell('mcp_tools', {server: 'index'})
  expect(tokensOf(specs)).toBeLessThan(200)
  expect(tokensOf(specs) + tokensOf(list)).toBeLessThan(1_000)
  expect(list).toMatch(/^query_0, query_1, .* query_238$/s)
  const more = await (await open(['tools=999'])).tell('mcp_tools', {server: 'index'})
  expect(tokensOf(more)).toBeLessThan(700)
  expect(more).toMatch(/^query_0, query_1, .*\n\(\d+ more: narrow it by "query"\)$/)
})

test('a tool is found by a word, its schema read, and called', async () => {
  const {tell, call} = await open(['tools=239'])
  expect(await tell('mcp_tools', {server: 'index', query: 'query_17'})).toMatch(
    /^query_17: Looks up number 17 .*\nquery_170: /,
  )
  expect(await tell('mcp_tools', {server: 'index', tool: 'query_0'})).toContain('"required":["site"]')
  const outcome = await call('mcp_call', {server: 'index', tool: 'query_0', arguments: {site: 'a'}})
  expect(outcome).toMatchObject({
    effect: 'allow',
    done: {text: 'you asked for {"site":"a"}', line: 'mcp index query_0', taint: 'mcp index'},
  })
  const asText = {server: 'index', tool: 'query_0', arguments: '{"site":"b"}'}
  expect(await tell('mcp_call', asText)).toBe('you asked for {"site":"b"}')
})

test('a tool that the contract does not name is neither listed nor called', async () => {
  const contract = {may: ['mcp.index.query_0', 'mcp.index.query_1'], ask: ['mcp.index.query_1']}
  const {tell, call} = await open([], contract)
  const list = await tell('mcp_tools', {server: 'index'})
  expect(list).toMatch(
    /^query_0: .*\nquery_1 \(a person says yes each time\): .*\n\(1 more are not in your contract\)$/,
  )
  expect(await call('mcp_call', {server: 'index', tool: 'query_2'})).toMatchObject({effect: 'deny', done: null})
  expect(await call('mcp_call', {server: 'index', tool: 'query_1'})).toMatchObject({
    effect: 'ask',
    done: {text: expect.stringMatching(/^waits for a person: approval \w{26}$/)},
  })
})

test('what a server says of its own failing is marked as from outside, too', async () => {
  const {call} = await open(['die-at-start'])
  expect(await call('mcp_call', {server: 'index', tool: 'query_0'})).toMatchObject({
    refusal: null,
    done: {text: 'error: index: it ended (exit 3): no key is set', taint: 'mcp index'},
  })
  const failing = await open([])
  expect(await failing.call('mcp_call', {server: 'index', tool: 'query_1'})).toMatchObject({
    done: {text: 'error: that went wrong', line: 'mcp index query_1 failed'},
  })
})

test.each([
  [{server: 'other', tool: 'x'}, 'there is no server "other"; there are: index'],
  [{server: 'index.query_0', tool: 'x'}, '"server" has to be the name of a server'],
  [{server: '__proto__', tool: 'x'}, '"server" has to be'],
  [{server: 'index', tool: 'query_0 '}, '"tool" has to be the name of a tool'],
  [{server: 'index', tool: '*'}, '"tool" has to be the name of a tool'],
  [{server: 'index', tool: 7}, '"tool" has to be a text'],
  [{server: 'index', tool: 'query_0', arguments: [1]}, '"arguments" has to be an object'],
  [{server: 'index', tool: 'query_0', arguments: '[1'}, '"arguments" has to be an object'],
])('%j is refused in words', async (input, words) => {
  const {call} = await open([], {may: ['mcp.*']})
  expect(await call('mcp_call', input)).toMatchObject({done: null, refusal: expect.stringContaining(words)})
})

test('without a server of its own an agent is not told of any', async () => {
  const {context} = await openToolScene()
  const tools = mcpTools(openMcp(context.fleet, context.agent))
  expect(await offeredTo(context, tools)).toEqual([])
})
