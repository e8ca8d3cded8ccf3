import {expect} from 'vitest'
import {asksFor, says} from '../../../testing/model-server/behaviour.js'
import {testNeeding} from '../../../testing/needs.js'
import {openRunScene, writes} from '../../../testing/run-scene.js'
import {openTmuxShell} from '../../../testing/tmux-shell.js'

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
    const tmux = await openTmuxShell({cwd: scene.dir, env: {KEY: 'sk-ant-test'}, columns: 100})
    const before = await tmux.shell('stty -g')
    tmux.type(tmux.mcos('heartbeat donna'))
    tmux.press('Enter')
    await tmux.until(/donna: asking claude … 1 s/)
    const text = await tmux.until(/next: /)
    expect(text).toMatch(/✓ same Every heartbeat · files/)
    expect(text).not.toContain('asking claude …')
    expect(await tmux.shell('stty -g')).toBe(before)
  },
)
