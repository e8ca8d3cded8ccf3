import {statSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {MOST_LINES, openChatHistory} from './history.js'

test('what was said to an agent is kept on this machine, for this person alone, without the secrets of the fleet', async () => {
  const secret = 'hunter2-hunter2-hunter2'
  const scene = openScene({
    files: {
      'mcos.yaml':
        'version: 1\nname: northwind\nengines:\n  claude: { kind: anthropic, model: claude-sonnet-5-5, key: env:KEY }\n',
    },
    env: {KEY: secret},
  })
  const fleet = await scene.open()
  const {lines, keep} = openChatHistory(fleet, 'donna')
  expect(lines).toEqual([])
  keep('one\ntwo')
  keep('one\ntwo')
  keep('  ')
  keep(`my key is ${secret}`)
  const again = openChatHistory(fleet, 'donna')
  expect(again.lines[0]).toBe('one\ntwo')
  expect(again.lines).toHaveLength(2)
  expect(again.lines[1]).not.toContain(secret)
  expect(openChatHistory(fleet, 'jarvis').lines).toEqual([])
  expect(statSync(join(scene.dir, '.mcos/chat-history/donna.jsonl')).mode & 0o777).toBe(0o600)
  expect(scene.git('status', '--porcelain')).toBe('')
})

test('only the newest lines are kept, and half a line is none', async () => {
  const scene = openScene()
  const lines = Array.from({length: MOST_LINES + 5}, (_, index) => JSON.stringify(`line ${index}`))
  scene.write('.mcos/chat-history/donna.jsonl', `${lines.join('\n')}\n"half\n7\n`)
  const fleet = await scene.open()
  openChatHistory(fleet, 'donna').keep('the newest')
  const kept = openChatHistory(fleet, 'donna').lines
  expect(kept).toHaveLength(MOST_LINES)
  expect([kept[0], kept.at(-1)]).toEqual(['line 6', 'the newest'])
})
