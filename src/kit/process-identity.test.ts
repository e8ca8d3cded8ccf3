import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {expect, test} from 'vitest'
import {isAlive, thisProcess} from './process-identity.js'

const me = thisProcess()

test('this process is alive and known by more than its pid', () => {
  expect(me).toMatchObject({pid: process.pid, start: expect.stringMatching(/./), boot: expect.stringMatching(/./)})
  expect(isAlive(me)).toBe('alive')
})

test('a pid that another process has now is dead', () => {
  expect(isAlive({...me, start: '1'})).toBe('dead')
})

test('another start of the machine is dead', () => {
  expect(isAlive({...me, boot: 'another'})).toBe('dead')
})

test('another machine and another pid namespace cannot be judged from here', () => {
  expect(isAlive({...me, host: 'elsewhere', boot: 'another'})).toBe('unknown')
  expect(isAlive({...me, ns: 'pid:[1]'})).toBe('unknown')
})

test('a process that has ended is dead, also before anybody has taken note of it', async () => {
  const child = spawn('sleep', ['60'])
  const pid = child.pid ?? 0
  child.kill('SIGKILL')
  // Still a zombie here: this thread has not come round to reap it.
  while (isAlive({...me, pid}) === 'alive');
  expect(isAlive({...me, pid})).toBe('dead')
  await once(child, 'exit')
  expect(isAlive({...me, pid})).toBe('dead')
})
