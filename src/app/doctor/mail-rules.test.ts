import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {MAIL_RULE_CHECKUPS} from './mail-rules.js'

async function examined(files: Record<string, string>) {
  const [rules] = MAIL_RULE_CHECKUPS
  return rules?.examine(await openScene({files}).open())
}

test('a rule for mail that is none fails, one that tells nobody is warned of, and each has its place', async () => {
  const config = 'version: 1\nmail:\n  rules:\n    - from *@b.example → urgent, tell nobody\n'
  expect(await examined({})).toEqual({seen: 'there is none', troubles: []})
  expect(await examined({'workspaces/donna/MAIL.md': '- from *@a.example → newsletter\n'})).toEqual({
    seen: 'in 1 file',
    troubles: [],
  })
  expect(
    await examined({'mcos.yaml': config, 'workspaces/donna/MAIL.md': '# Mail\n- from *@a.example → urgentest\n'}),
  ).toMatchObject({
    seen: 'in 2 files',
    troubles: [
      {status: 'warn', detail: 'mcos.yaml:4: there is no agent and no channel "nobody" to be told'},
      {status: 'fail', detail: expect.stringMatching(/^workspaces\/donna\/MAIL\.md:2: /)},
    ],
  })
})
