import {expect, test} from 'vitest'
import {runCommand} from '../../testing/run-command.js'
import Completion from './completion.js'

test('values of flags that take others as well are offered, too', async () => {
  const {stdout} = await runCommand(Completion, ['bash'])
  expect(stdout).toContain(`[[ "$prev" == --template ]] && words='solo mission-control `)
  expect(stdout).toContain(`[[ "$prev" == --engine ]] && words='claude openai deepseek gemini grok claude-code `)
  expect(stdout).toContain(`[[ "$prev" == --schedule ]] && words='none cron systemd launchd'`)
  expect(stdout).toContain(`[[ "$prev" == --by ]] && words='agent engine day'`)
  expect(stdout).not.toContain('ollama:MODEL')
})
