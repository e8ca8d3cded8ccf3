import {existsSync} from 'node:fs'
import {expect, test} from 'vitest'
import {testNeeding} from '../../../testing/needs.js'
import {openToolScene} from '../../../testing/tool-scene.js'
import {agentToken} from '../../bus/agent-token.js'
import {hasSandbox} from '../../kit/sandbox.js'
import {runToolWhere} from './run-program.js'

const OWN = 'workspaces/donna'
const boxed = testNeeding({program: 'bwrap', works: hasSandbox})
const UNBOXED = [runToolWhere(() => false)]

boxed('a program works on a copy, and what it changes is planned and told', async () => {
  const {call, planned, scene} = await openToolScene({
    contract: {commands: ['sh'], reads: [`${OWN}/**`, 'wiki/**']},
    files: {
      'wiki/page.md': 'a page\n',
      'workspaces/jarvis/plan.md': 'theirs\n',
      [`${OWN}/notes.md`]: 'old\n',
      [`${OWN}/PARKED.md`]: 'who: ada\n',
    },
  })
  const script =
    'cat ../../wiki/page.md; echo new > notes.md; echo mine > SOUL.md; rm PARKED.md; cat ../jarvis/plan.md; exit 3'
  const {done} = await call('run', {command: `sh -c "${script}"`})
  expect(done?.text).toMatch(
    /^exit 3\n--- output\na page\n--- errors\ncat: .*\n--- changed\nworkspaces\/donna\/notes.md\n--- not kept\nworkspaces\/donna\/SOUL.md: the operator.*\nworkspaces\/donna\/PARKED.md: the operator/,
  )
  expect(done?.line).toMatch(/^ran sh -c ".*: exit 3$/)
  expect(done?.taint).toBeUndefined()
  expect([planned(`${OWN}/notes.md`), scene.read(`${OWN}/notes.md`)]).toEqual(['new\n', 'old\n'])
  expect(existsSync(`${scene.dir}/.mcos/work/donna.run`)).toBe(false)
})

boxed(
  'it is given the agent\u2019s name and token, which no model reads, no other secret, and sees no key',
  async () => {
    const {tell, scene} = await openToolScene({
      contract: {commands: ['sh', 'env']},
      env: {WIDGET_TOKEN: 'northwind-7f3a91c2d4'},
    })
    const shown = await tell('run', {command: 'env'})
    expect(shown).toContain(`MCOS_AGENT=donna\n`)
    const token = agentToken(scene.read('.mcos/keys/donna.key'))
    expect(shown).toContain('MCOS_TOKEN=[redacted]')
    const asks = `sh -c 'test "$MCOS_TOKEN" = "${token}" && echo given; printf %s "$MCOS_TOKEN" | base64 -w0'`
    const spelled = await tell('run', {command: asks})
    expect(spelled).toMatch(/^given\n/m)
    for (const text of [shown, spelled])
      for (const form of [token, Buffer.from(token).toString('base64').slice(0, 40)]) expect(text).not.toContain(form)
    expect(shown).not.toMatch(/WIDGET|northwind-7/)
    expect(await tell('run', {command: `sh -c 'cat ${scene.dir}/.mcos/keys/donna.key'`})).toMatch(/^exit 1\n/)
  },
)

boxed('who reads the whole home sees it without keys, repositories and other agents\u2019 messages', async () => {
  const {tell, scene} = await openToolScene({
    contract: {commands: ['find'], reads: ['**']},
    files: {'wiki/page.md': 'x', 'wiki/code/.git/config': 'x', 'wiki/code/main.js': 'x'},
    before: (made) => made.send('jarvis', 'Hello'),
  })
  const shown = await tell('run', {command: `find ${scene.dir} -type f`})
  expect(shown).toMatch(/wiki\/page.md/)
  expect(shown).toMatch(/wiki\/code\/main.js/)
  expect(shown).toMatch(/jarvis\/SOUL.md/)
  expect(shown).not.toMatch(/\.mcos|\.git\/|inbox|\.key/)
})

boxed('in a flat home the program works on a copy of the home', async () => {
  const {tell, planned} = await openToolScene({
    contract: {commands: ['sh'], reads: ['**'], writes: ['**']},
    files: {'mcos.yaml': 'version: 1\nname: northwind\nagents: { donna: { path: . } }\n', 'notes.md': 'old\n'},
  })
  const text = await tell('run', {command: "sh -c 'ls -A; echo new >> notes.md; echo x >> mcos.yaml'"})
  expect(text).not.toMatch(/^\.(git|mcos)$/m)
  expect(text).toMatch(/--- changed\nnotes.md\n--- not kept\nmcos.yaml: /)
  expect(planned('notes.md')).toBe('old\nnew\n')
})

boxed('a script that the contract names runs only as a person has committed it', async () => {
  const {tell, call, context, scene} = await openToolScene({
    contract: {commands: ['sh check.sh', 'sh fresh.sh', 'sh turned.sh']},
    files: {[`${OWN}/check.sh`]: 'echo checked\n'},
    before: (made) => {
      made.write(`${OWN}/turned.sh`, 'echo by a turn\n')
      made.git('add', '-A')
      made.git('commit', '-qm', 'a turn\n\nMcos-Agent: donna\nMcos-Turn: t_1')
    },
  })
  expect(await tell('run', {command: 'sh check.sh'})).toMatch(/^exit 0\n--- output\nchecked/)
  expect(await tell('run', {command: 'sh turned.sh'})).toMatch(/turned.sh is not run: a turn has changed it/)
  await call('write', {path: `${OWN}/fresh.sh`, content: 'echo fresh\n'})
  expect(await tell('run', {command: 'sh fresh.sh'})).toMatch(
    /no person has committed it.*mcos commit workspaces\/donna\/fresh.sh/,
  )
  await call('write', {path: `${OWN}/check.sh`, content: 'echo hijacked\n'})
  expect(await tell('run', {command: 'sh check.sh'})).toMatch(/it is not as the last commit has it/)
  expect(scene.read(`${OWN}/check.sh`)).toBe('echo checked\n')
  expect(context.contract.unsandboxed).toBe(false)
})

test('without a sandbox nothing runs, unless the contract says so; then result and log say so, too', async () => {
  const {tell} = await openToolScene({tools: UNBOXED, contract: {commands: ['echo']}})
  expect(await tell('run', {command: 'echo hi'})).toMatch(
    /has not got; donna's contract would have to say "unsandboxed: true"/,
  )
  const free = await openToolScene({
    tools: UNBOXED,
    contract: {commands: ['echo', 'sleep', 'nosuch'], unsandboxed: true},
  })
  const {done} = await free.call('run', {command: 'echo hi'})
  expect(done?.text).toBe('exit 0 without a sandbox\n--- output\nhi')
  expect([done?.line, done?.taint]).toEqual(['ran echo hi without a sandbox: exit 0', 'run echo hi'])
  expect(await free.tell('run', {command: 'nosuch thing'})).toBe('nosuch is not installed here')
})

test('only what the contract\u2019s commands cover is run, and never by a shell', async () => {
  const {call, tell} = await openToolScene({
    tools: UNBOXED,
    contract: {commands: ['echo', 'git status'], unsandboxed: true},
  })
  for (const command of ['rm -rf .', 'echofoo', 'git push', 'git -c x=y status', 'git status --force', './echo']) {
    expect((await call('run', {command})).effect, command).toBe('deny')
  }
  for (const command of ['echo a; rm -rf .', 'echo $(id)', 'echo `id`', 'echo a > b', 'echo a | sh', 'X=1 echo']) {
    expect((await call('run', {command})).done, command).toBeNull()
  }
  expect(await tell('run', {command: "echo '$(id)' *"})).toMatch(/\$\(id\) \*$/)
})

test('much output is cut in its middle, and says by how much', async () => {
  const {tell} = await openToolScene({tools: UNBOXED, contract: {commands: ['seq'], unsandboxed: true}})
  const text = await tell('run', {command: 'seq 1 20000'})
  expect(text).toMatch(/^exit 0[\s\S]*\n1\n2\n[\s\S]*\[… \d+ characters left out …\][\s\S]*\n20000$/)
  expect(text.length).toBeLessThan(16_000)
})

test('a program ends with the turn, and nothing of it is kept', async () => {
  const end = new AbortController()
  const {context, tell} = await openToolScene({tools: UNBOXED, contract: {commands: ['sh'], unsandboxed: true}})
  Object.assign(context, {signal: end.signal})
  setTimeout(() => end.abort(), 300)
  expect(await tell('run', {command: "sh -c 'echo x > made.md; sleep 60'"})).toMatch(/was ended with the turn/)
  expect(context.draft.changes()).toEqual([])
})
