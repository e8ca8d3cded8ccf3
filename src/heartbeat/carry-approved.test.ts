import {rmSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {expect, onTestFinished, test} from 'vitest'
import {openApprovalScene} from '../../testing/approval-scene.js'
import {openJudge} from '../../testing/judge.js'
import {rulesEngine} from '../engines/rules.js'
import {unsettledApprovals} from '../guard/approvals/unsettled.js'

const LETTER = 'workspaces/donna/letter.md'
const ASKS =
  '---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  writes: [workspaces/donna/**]\n  may: [message]\n  ask: [write]\n---\n# Donna\n'

function scene(files: Record<string, string> = {}) {
  return openApprovalScene({
    files: {
      'workspaces/donna/SOUL.md': ASKS,
      'workspaces/donna/HEARTBEAT.md': '## Daily (daily 09:00)\nLook.\n',
      ...files,
    },
  })
}

function logOf(opened: ReturnType<typeof scene>): string {
  return opened
    .list('workspaces/donna/memory')
    .map((name) => opened.read(`workspaces/donna/memory/${name}`))
    .join('')
}

test('after a yes the exact call is made once, in one commit with its mark, at a beat in which nothing else is due', async () => {
  const opened = scene()
  await opened.beatOne('donna')
  const id = await opened.raise()
  expect(await opened.beatOne('donna')).toMatchObject({state: 'idle', reason: 'nothing due'})
  await opened.answer(id)
  const before = opened.countCommits()
  const report = await opened.beatOne('donna')
  expect(report).toMatchObject({state: 'worked', reason: `approval ${id}: done`, model_calls: 0})
  expect(opened.read(LETTER)).toBe('Dear Ms Bell\n')
  expect(opened.countCommits()).toBe(before + 1)
  const changed = opened.git('show', '--name-only', '--format=', 'HEAD').trim().split('\n').sort()
  expect(changed).toEqual([`approvals/${id}/used.md`, LETTER, 'workspaces/donna/memory/2026-11-21.md'].sort())
  expect(report.commit).toBe(opened.git('rev-parse', 'HEAD').trim())
  expect(logOf(opened)).toContain(`approval ${id}: write ${LETTER}: done`)
  opened.write(LETTER, 'mine\n')
  opened.commitAll()
  expect(await opened.beatOne('donna')).toMatchObject({state: 'idle'})
  expect(opened.read(LETTER)).toBe('mine\n')
  expect(await opened.statusOf(id)).toBe('used')
})

test('a no is told once, and nothing is done', async () => {
  const opened = scene()
  const id = await opened.raise()
  await opened.answer(id, 'no', {why: 'not today'})
  expect((await opened.beatOne('donna')).reason).toBe(`approval ${id}: refused`)
  const told = logOf(opened)
  expect(told).toContain(`approval ${id}: write ${LETTER}: refused: ada said no`)
  await opened.beatOne('donna')
  expect(logOf(opened)).toBe(told)
  expect(opened.list('workspaces/donna')).not.toContain('letter.md')
})

test.each([
  [
    'request.md is edited after the yes',
    (opened: ReturnType<typeof scene>, id: string) => {
      const path = `approvals/${id}/request.md`
      opened.write(path, opened.read(path).replace('Dear Ms Bell', 'Dear Mr Bell'))
    },
  ],
  [
    'the answer is forged',
    (opened: ReturnType<typeof scene>, id: string) => {
      const path = `approvals/${id}/answer.md`
      opened.write(path, opened.read(path).replace(/sig: .*/, `sig: ${'A'.repeat(86)}==`))
    },
  ],
  [
    'the contract changes',
    (opened: ReturnType<typeof scene>) =>
      opened.write('workspaces/donna/SOUL.md', ASKS.replace('may: [message]', 'may: []')),
  ],
  [
    'the person may no longer',
    (opened: ReturnType<typeof scene>) =>
      opened.write('mcos.yaml', 'version: 1\nname: northwind\npeople:\n  ada: { approves: [mail], via: [terminal] }\n'),
  ],
])('nothing is done when %s, and that is told', async (_, change) => {
  const opened = scene()
  const id = await opened.raise()
  await opened.answer(id)
  change(opened, id)
  opened.commitAll()
  expect((await opened.beatOne('donna')).reason).toBe(`approval ${id}: void`)
  expect(opened.list('workspaces/donna')).not.toContain('letter.md')
  expect(opened.list(`approvals/${id}`)).not.toContain('used.md')
  expect(logOf(opened)).toContain(`approval ${id}: write ${LETTER}: void: `)
})

test('what the guard denies by now stays denied, and the yes is spent', async () => {
  const opened = scene()
  const id = await opened.raise()
  await opened.answer(id)
  opened.write(
    'guardrails/no-letters.md',
    '---\nid: no-letters\neffect: deny\nverbs: [write]\npaths: ["**/letter.md"]\nlesson: letters are written by people\n---\nNo letters.\n',
  )
  opened.commitAll()
  expect((await opened.beatOne('donna')).reason).toBe(`approval ${id}: failed`)
  expect(logOf(opened)).toContain('letters are written by people')
  expect(opened.list('workspaces/donna')).not.toContain('letter.md')
  expect(await opened.statusOf(id)).toBe('used')
})

test('what nobody answers expires, and that is told once', async () => {
  const opened = scene()
  const id = await opened.raise()
  opened.clock.advance(73 * 3_600_000)
  const first = await opened.beatOne('donna')
  expect(first.state).toBe('worked')
  expect(logOf(opened)).toContain(`approval ${id}: write ${LETTER}: expired`)
  const told = logOf(opened).split(id).length
  await opened.beatOne('donna')
  expect(logOf(opened).split(id).length).toBe(told)
})

test('what ended long ago is no news to a clone', async () => {
  const opened = scene()
  const id = await opened.raise()
  await opened.answer(id, 'no')
  opened.clock.advance(10 * 24 * 3_600_000)
  await opened.beatOne('donna')
  expect(logOf(opened)).not.toContain(`${id}: write`)
})

test('a file that a person is writing in is left alone, and the yes keeps', async () => {
  const opened = scene({[LETTER]: 'old\n'})
  const id = await opened.raise({
    target: 'workspaces/jarvis/x',
    verb: 'guardrail.add',
    args: {tool: 'guardrail_add', input: {name: 'x', text: 'Never twice'}},
  })
  await opened.answer(id)
  opened.write('workspaces/donna/GUARDRAILS.md', '# Mine\n')
  opened.git('add', '-A')
  opened.git('commit', '-qm', 'x')
  opened.write('workspaces/donna/GUARDRAILS.md', '# Mine, and not committed\n')
  expect((await opened.beatOne('donna')).state).not.toBe('failed')
  expect(await opened.statusOf(id)).toBe('approved')
  opened.commitAll()
  await opened.beatOne('donna')
  expect(opened.read('workspaces/donna/GUARDRAILS.md')).toBe('# Mine, and not committed\n- Never twice\n')
})

test('a stop holds what was approved until it is lifted', async () => {
  const opened = scene()
  const id = await opened.raise()
  await opened.answer(id)
  opened.write('.mcos/STOP', 'who: ada\n')
  expect((await opened.beatOne('donna')).reason).toBe('stopped')
  expect(await opened.statusOf(id)).toBe('approved')
  rmSync(`${opened.dir}/.mcos/STOP`)
  await opened.beatOne('donna')
  expect(opened.read(LETTER)).toBe('Dear Ms Bell\n')
})

test('used.md taken away, from the disk and by a commit, makes nothing happen twice', async () => {
  const opened = scene()
  const id = await opened.raise()
  await opened.answer(id)
  await opened.beatOne('donna')
  rmSync(`${opened.dir}/approvals/${id}/used.md`)
  rmSync(`${opened.dir}/.mcos/approvals`, {recursive: true})
  opened.git('rm', '-q', '--cached', LETTER, `approvals/${id}/used.md`)
  rmSync(`${opened.dir}/${LETTER}`)
  opened.git('commit', '-qm', 'without the letter')
  expect((await opened.beatOne('donna')).reason).toBe(`approval ${id}: void`)
  expect(opened.list('workspaces/donna')).not.toContain('letter.md')
})

test('a model hears of it at its next turn, also when the beat before had none', async () => {
  const opened = scene()
  const id = await opened.raise()
  await opened.answer(id)
  await opened.beat(['donna'], {engines: [rulesEngine]})
  const judge = openJudge('model', [{text: 'Good.'}])
  opened.clock.advance(24 * 3_600_000)
  await opened.beat(['donna'], {engines: [judge, rulesEngine], isForced: true})
  const said = JSON.stringify(judge.prompts)
  expect(said).toContain(`approval ${id} (write ${LETTER}): done`)
  const again = openJudge('model', [{text: 'Good.'}])
  opened.clock.advance(24 * 3_600_000)
  await opened.beat(['donna'], {engines: [again, rulesEngine], isForced: true})
  expect(JSON.stringify(again.prompts)).not.toContain(`What became of`)
})

test('the answer makes a model\u2019s turn at the same beat', async () => {
  const opened = scene()
  await opened.beatOne('donna')
  const id = await opened.raise()
  await opened.answer(id)
  const judge = openJudge('model', [{text: 'Good.'}])
  await opened.beat(['donna'], {engines: [judge, rulesEngine]})
  expect(JSON.stringify(judge.prompts)).toContain(`approval ${id}`)
})

test('a beat of a fleet in which nobody was ever asked looks at one folder once', async () => {
  const opened = openApprovalScene()
  const fleet = await opened.open()
  const listed: string[] = []
  const list = (path: string): ReturnType<typeof fleet.home.files.list> => {
    listed.push(path)
    return fleet.home.files.list(path)
  }
  const files = {...fleet.home.files, list}
  expect(
    unsettledApprovals(files, {
      ...fleet.mcos,
      list: () => {
        throw new Error('not asked')
      },
    }),
  ).toEqual([])
  expect(listed).toEqual(['approvals'])
})

test('what was proposed for memory is kept after a yes, and a rule is written for everybody', async () => {
  const opened = scene()
  const fact = await opened.raise({
    verb: 'memory.add',
    target: 'workspaces/donna/MEMORY.md',
    args: {tool: 'remember', input: {topic: 'boiler', fact: 'It is old', source: 'https://a.example/'}},
    taint: ['https://a.example/'],
  })
  const text =
    '---\nid: no-two\neffect: deny\nverbs: [deploy]\nlesson: never twice\nexamples: {deny: [{verb: deploy, target: app}]}\n---\nx\n'
  const rule = await opened.raise({
    verb: 'guardrail.add',
    target: 'guardrails/no-two.md',
    args: {tool: 'guardrail_add', input: {name: 'no-two', text}},
  })
  await opened.answer(fact)
  await opened.answer(rule)
  expect((await opened.beatOne('donna')).reason).toBe(`approval ${fact}: done; approval ${rule}: done`)
  expect(opened.read('workspaces/donna/MEMORY.md')).toContain('It is old (source: https://a.example/')
  expect(opened.read('guardrails/no-two.md')).toBe(text)
  expect(opened.git('status', '--porcelain')).toBe('')
  expect((await opened.beatOne('donna')).state).toBe('idle')
})

test('a page that was approved is fetched once, its host and no other, and the turn that is told of it is tainted', async () => {
  const asked: string[] = []
  const server = createServer((request, answer) => {
    asked.push(request.url ?? '')
    if (request.url === '/away') answer.writeHead(302, {location: `http://localhost:${port}/x`}).end()
    else answer.end('the price is 7')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void server.close())
  const {port} = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  const soul = ASKS.replace('ask: [write]', `ask: [fetch]\n  hosts: ["${host}"]`)
  const opened = scene({'workspaces/donna/SOUL.md': soul})
  const raise = (path: string) =>
    opened.raise({verb: 'fetch', target: host, args: {tool: 'http_get', input: {url: `http://${host}${path}`}}})
  const [page, away] = [await raise('/price'), await raise('/away')]
  await opened.answer(page)
  await opened.answer(away)
  const judge = openJudge('model', [
    {calls: [{id: '', tool: 'remember', input: {topic: 'price', fact: 'It is 7'}}]},
    {text: 'Good.'},
  ])
  await opened.beat(['donna'], {engines: [judge, rulesEngine]})
  expect(asked).toEqual(['/price', '/away'])
  const told = JSON.stringify(judge.prompts)
  expect(told).toContain(`approval ${page} (fetch ${host}): done`)
  expect(told).toContain('the price is 7')
  expect(told).toContain(`approval ${away} (fetch ${host}): failed`)
  expect(told).toMatch(/waits for a person: approval \w{26}/)
  expect(logOf(opened)).not.toContain('the price is 7')
  await opened.beatOne('donna')
  expect(asked).toHaveLength(2)
})
