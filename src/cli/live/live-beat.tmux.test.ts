import {expect} from 'vitest'
import {asksFor, says, silence} from '../../../testing/model-server/behaviour.js'
import {testNeeding} from '../../../testing/needs.js'
import {openRunScene, writes} from '../../../testing/run-scene.js'
import {openTmux} from '../../../testing/tmux.js'

const HEARTBEAT =
  '## Every heartbeat\n- Notes `files workspaces/donna/notes/*.md`\n\n## Day (daily)\n- Is anything odd?\n'

testNeeding('tmux')(
  'a heartbeat on a terminal shows its probes, the answer as it streams, its calls, and three lines at the end',
  async () => {
    const scene = await openRunScene([
      asksFor([writes('letter.md')], {text: 'I write it now.', pauseMs: 60, letters: 4}),
      says('The letter is written.\nNothing else is odd.', {delayMs: 1500}),
    ])
    scene.write('workspaces/donna/HEARTBEAT.md', HEARTBEAT)
    scene.commitAll()
    const tmux = await openTmux({cwd: scene.dir, env: {KEY: 'sk-ant-test'}, columns: 100})
    const before = await tmux.settings()
    tmux.type(tmux.mcos('heartbeat donna'))
    tmux.press('Enter')
    await tmux.until(/donna: asking claude … 1 s/)
    const text = await tmux.until(/next: /)
    expect(text).toMatch(/✓ same Every heartbeat · files/)
    expect(text).not.toContain('asking claude …')
    expect(await tmux.settings()).toBe(before)
  },
)

testNeeding('tmux')('Ctrl-C in the middle leaves a clean line and the terminal as it was', async () => {
  const scene = await openRunScene([silence, says('Never asked.')])
  scene.write('workspaces/donna/HEARTBEAT.md', HEARTBEAT)
  scene.commitAll()
  const tmux = await openTmux({cwd: scene.dir, env: {KEY: 'sk-ant-test'}, columns: 60})
  const before = await tmux.settings()
  tmux.type(`clear; ${tmux.mcos('heartbeat')}; echo "left $?"`)
  tmux.press('Enter')
  await tmux.until(/of 2 · donna: asking claude … 1 s/)
  tmux.press('C-c')
  const text = await tmux.until(/left 130/)
  expect(text).toMatch(/donna +skipped: interrupted/)
  expect(text).toMatch(/done: .*\ncost: .*\nnext: .*\nleft 130/)
  expect(text).not.toContain('asking')
  expect(tmux.isCursorShown()).toBe(true)
  expect(await tmux.settings()).toBe(before)
})

testNeeding('tmux')('a piece of work shows what lasts, and by which rule its calls were judged', async () => {
  const scene = await openRunScene([
    asksFor([writes('letter.md'), {tool: 'write', input: {path: 'workspaces/jarvis/x.md', content: 'x'}}]),
    says('The letter is written.', {delayMs: 1500}),
  ])
  const tmux = await openTmux({cwd: scene.dir, env: {KEY: 'sk-ant-test'}, columns: 120})
  tmux.type(`clear; ${tmux.mcos('run donna "Write the letter"')}; echo "left $?"`)
  tmux.press('Enter')
  await tmux.until(/donna: asking claude … 1 s/)
  const text = await tmux.until(/left 3/)
  expect(text).toMatch(/write workspaces\/donna\/letter\.md: allowed \(writes: workspaces\/donna\/\*\*\)/)
  expect(text).toMatch(/write workspaces\/jarvis\/x\.md: refused/)
  expect(text).toMatch(/The letter is written\.\n(?:refused: .*\n)?done: .*\ncost: .*\nnext: /)
  expect(text).not.toContain('asking claude …')
})
