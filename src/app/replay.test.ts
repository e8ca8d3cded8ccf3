import {readFileSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {type Line, openJudge} from '../../testing/judge.js'
import {rulesEngine} from '../engines/rules.js'
import {presentReplay} from '../present/replay.js'
import {replay} from './replay.js'

const SOUL = [
  '---',
  'reports_to: jarvis',
  'contract:',
  '  reads: [workspaces/donna/**]',
  '  writes: [workspaces/donna/**]',
  '  hosts: ["127.0.0.1"]',
  '  may: [message, fetch]',
  '---',
  '# Donna',
  '',
].join('\n')
const HEARTBEAT = '## Messages\n- new ones `inbox`\n\n## Morning brief (daily 08:00)\nWhat did yesterday leave open?\n'

const call = (tool: string, input: Record<string, unknown>) => ({id: '', tool, input})

async function beaten(lines: readonly Line[], model = {}): Promise<{scene: Scene; turn: string}> {
  const scene = openScene({files: {'workspaces/donna/SOUL.md': SOUL, 'workspaces/donna/HEARTBEAT.md': HEARTBEAT}})
  await scene.send('donna', 'The van is late.')
  scene.git('add', '-A')
  const engines = [openJudge('claude', lines, model), rulesEngine]
  const [report] = (await scene.beat(['donna'], {engines})).report.agents
  if (!report?.turn) throw new Error('no turn')
  const [turn] = scene.list('.mcos/transcripts').map((name) => name.replace('.jsonl', ''))
  return {scene, turn: turn ?? ''}
}

const WORK: Line[] = [
  {
    text: 'I write it down.',
    calls: [call('write', {path: 'workspaces/donna/notes.md', content: 'van\n'}), call('log', {text: 'the van'})],
  },
  {calls: [call('message_send', {to: 'jarvis', subject: 'Van', text: 'It is late.'})]},
  {calls: [call('read', {path: 'workspaces/donna/notes.md'}), call('nonsense', {})]},
  {text: 'The van is late; jarvis knows.'},
]

test('a turn taken again on its replies sends the same requests and makes the same changes, and leaves no trace', async () => {
  const {scene, turn} = await beaten(WORK)
  expect(scene.read('workspaces/donna/notes.md')).toBe('van\n')
  expect(scene.list('workspaces/jarvis/inbox/new')).toHaveLength(1)
  const [before, folders] = [scene.git('log', '--oneline'), scene.list('.mcos')]
  scene.clock.advance(3 * 86_400_000)
  const report = await replay(await scene.open(), turn)
  expect(report).toMatchObject({turn, agent: 'donna', requests: 4, differences: [], same: true})
  expect(presentReplay(report)).toMatch(/4 requests, the same changes/)
  expect(scene.git('log', '--oneline')).toBe(before)
  expect(scene.list('.mcos')).toEqual(folders)
})

test('what comes out otherwise is told by request, file and log line', async () => {
  const {scene, turn} = await beaten(WORK)
  const file = join(scene.dir, `.mcos/transcripts/${turn}.jsonl`)
  writeFileSync(
    file,
    readFileSync(file, 'utf8')
      .replaceAll('"content":"van\\n"', '"content":"bus\\n"')
      .replaceAll('jarvis knows', 'all is well'),
  )
  const {same, differences} = await replay(await scene.open(), turn)
  expect(same).toBe(false)
  expect(differences.map(({what}) => what)).toEqual(expect.arrayContaining(['workspaces/donna/notes.md', 'log']))
  expect(differences.find(({what}) => what === 'workspaces/donna/notes.md')?.detail).toBe('line 1 was "van", is "bus"')
})

test('outside effects come from the record: the server is gone, and nothing is asked of it', async () => {
  let asked = 0
  const server = createServer((_, response) => {
    asked++
    response.setHeader('content-type', 'text/plain')
    response.end('cold')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
  const {scene, turn} = await beaten([{calls: [call('http_get', {url})]}, {text: 'It is cold.'}])
  const before = asked
  expect(before).toBe(1)
  await new Promise((resolve) => server.close(resolve))
  const report = await replay(await scene.open(), turn)
  expect(report.differences).toEqual([])
  expect(asked).toBe(before)
})

test('an engine that failed fails again, and the next one on the route answers', async () => {
  const {scene, turn} = await beaten([{reason: 'unauthorized'}])
  const report = await replay(await scene.open(), turn)
  expect(report.differences).toEqual([])
})

test('a turn that was killed in the middle differs in how it ends', async () => {
  const {scene, turn} = await beaten(WORK)
  const file = join(scene.dir, `.mcos/transcripts/${turn}.jsonl`)
  const lines = readFileSync(file, 'utf8').split('\n')
  const second = lines.findIndex((line, index) => index > 2 && line.includes('"kind":"request"'))
  writeFileSync(file, `${lines.slice(0, second + 1).join('\n')}\n`)
  const {differences} = await replay(await scene.open(), turn)
  expect(differences.map(({what}) => what)).not.toContain('request 1')
  expect(differences.map(({what}) => what)).not.toContain('end')
})

test('a turn whose context was full is replayed with the one that it went on in, and asked for by the first', async () => {
  const long = (name: string) => call('write', {path: `workspaces/donna/${name}.md`, content: `${name} `.repeat(600)})
  const lines: Line[] = ['one', 'two', 'three', 'four'].map((name) => ({text: `Next ${name}.`, calls: [long(name)]}))
  const {scene} = await beaten([...lines, {text: 'All four are there.'}], {window: 3500, maxOutput: 300})
  const files = scene.list('.mcos/transcripts')
  const isLater = (name: string) => scene.read(`.mcos/transcripts/${name}`).includes('"continues"')
  const [first = '', later = ''] = [files.find((name) => !isLater(name)), files.find(isLater)]
  const turnOf = (name: string) => name.replace('.jsonl', '')
  const report = await replay(await scene.open(), turnOf(first))
  expect(report.differences).toEqual([])
  await expect(replay(await scene.open(), turnOf(later))).rejects.toMatchObject({code: 'REPLAY_FIRST'})
})
