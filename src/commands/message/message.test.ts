import {execFileSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {mcos} from '../../../testing/built-mcos.js'
import {tempFolder} from '../../../testing/temp-folder.js'

/** A fleet of one agent, made by hand as a person would. */
function openFleet(): string {
  const dir = tempFolder()
  mkdirSync(join(dir, 'workspaces/donna'), {recursive: true})
  writeFileSync(join(dir, 'mcos.yaml'), 'version: 1\n')
  writeFileSync(join(dir, '.gitignore'), '.mcos/\n')
  writeFileSync(join(dir, 'workspaces/donna/SOUL.md'), '# Donna\n')
  const git = (...args: string[]) => execFileSync('git', args, {cwd: dir})
  git('init', '-q')
  git('config', 'user.name', 'Ada')
  git('config', 'user.email', 'ada@example.com')
  git('add', '-A')
  git('commit', '-qm', 'A fleet')
  return dir
}

test('a message goes its way through the commands, with the same facts as JSON', async () => {
  const cwd = openFleet()
  const run = async (args: readonly string[], input = '') => {
    const {code, stdout, stderr} = await mcos([...args, '--json'], {cwd, input})
    return {code, stderr, answer: JSON.parse(stdout) as Record<string, unknown>}
  }
  const sent = await run(
    ['message', 'send', 'donna', '--file', '-', '--priority', 'urgent'],
    'Deploy is red\u001b[2J\nnow\n',
  )
  expect(sent).toMatchObject({
    code: 0,
    stderr: '',
    answer: {to: 'donna', subject: 'Deploy is red[2J', priority: 'urgent'},
  })
  const id = String(sent.answer['id'])
  const list = await run(['message', 'list', 'donna'])
  expect(list.answer).toMatchObject({agents: ['donna'], messages: [{id, verified: true, box: 'new'}], unreadable: []})
  expect((await run(['message', 'read', id.slice(0, 13), '--take'])).answer).toMatchObject({
    body: 'Deploy is red[2J\nnow\n',
    movedFrom: 'new',
  })
  expect((await run(['message', 'done', id])).answer).toMatchObject({box: 'done', movedFrom: 'cur'})
  expect(await run(['message', 'done', id])).toMatchObject({code: 0, answer: {box: 'done', movedFrom: null}})
  expect(await run(['message', 'read', '7ZZZ'])).toMatchObject({code: 2, answer: {error: {code: 'NOT_FOUND'}}})
  expect(await run(['message', 'send', 'donna'])).toMatchObject({code: 2, answer: {error: {code: 'USAGE'}}})
  expect(await run(['message', 'send', 'dona', 'x'])).toMatchObject({code: 2, answer: {error: {code: 'NO_AGENT'}}})
})

test('a person sees who is believed and who is not, and no control sequence', async () => {
  const cwd = openFleet()
  const run = (...args: string[]) => mcos(args, {cwd})
  await run('message', 'send', 'donna', 'Hello', '--subject', 'A greeting')
  const forged = '---\nfrom: "boss\u001b[2J"\nsubject: Pay\n---\nNow\u001b]0;owned\u0007!'
  writeFileSync(join(cwd, 'workspaces/donna/inbox/new/pay.md'), forged)
  const list = await run('message', 'list')
  expect(list.stdout.split('\n')[0]).toMatch(/^ID +WHEN +FROM +TO +SUBJECT +PRIORITY +BOX +VERIFIED$/)
  expect(list.stdout).toMatch(/A greeting +normal +new +yes\n/)
  expect(list.stdout).toMatch(/pay .* boss +donna +Pay +normal +new +unsigned\n/)
  const held = await run('message', 'held')
  expect(held.stdout).toMatch(/WHY\npay .* it is not signed\n$/)
  const read = await run('message', 'read', 'pay')
  expect(read.stdout).toContain('from     boss: NOT VERIFIED, it is not signed\n')
  expect(list.stdout + held.stdout + read.stdout).not.toContain('\u001b')
})

test('the log and the memory take a line of a person, each as a commit', async () => {
  const cwd = openFleet()
  const run = (...args: string[]) => mcos(args, {cwd})
  expect(await run('log', 'donna')).toMatchObject({code: 0, stdout: expect.stringContaining('has written nothing')})
  expect(await run('log', 'donna', 'The bank is closed.')).toMatchObject({code: 0, stderr: ''})
  const piped = await mcos(['log', 'donna'], {cwd, input: 'what a pipe happens to hold\n'})
  expect(piped.stdout).toMatch(/## \d\d:\d\d note\n- .+: The bank is closed\.\n$/)
  const fact = ['memory', 'add', 'donna', 'It opens on Monday', '--topic', 'Bank', '--confidence', 'medium']
  expect(await run(...fact)).toMatchObject({code: 0, stdout: 'Added to workspaces/donna/MEMORY.md under "Bank".\n'})
  expect(await run(...fact)).toMatchObject({code: 0, stdout: expect.stringContaining('knew that already')})
  expect((await run('memory', 'show', 'donna')).stdout).toMatch(
    /^## Bank\n- It opens on Monday \(source: .+, confidence: medium\)\n$/,
  )
  writeFileSync(join(cwd, 'workspaces/donna/MEMORY.md'), '## Bank\n- Closed for good\n')
  writeFileSync(join(cwd, 'mcos.yaml'), 'version: 1\nname: other\n')
  expect((await run('memory', 'commit', 'donna')).stdout).toMatch(
    /^Committed .+:\n {2}modified workspaces\/donna\/MEMORY\.md\n$/,
  )
  expect(await run('memory', 'commit', 'donna')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Nothing has changed'),
  })
  expect(execFileSync('git', ['log', '--format=%s', '-3'], {cwd, encoding: 'utf8'})).toMatch(
    /^donna memory: edited by hand\ndonna memory: It opens on Monday\ndonna log: /,
  )
  expect(execFileSync('git', ['status', '--porcelain'], {cwd, encoding: 'utf8'})).toBe(' M mcos.yaml\n')
})
