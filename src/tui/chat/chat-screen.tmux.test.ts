import {readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect} from 'vitest'
import {asksFor, says} from '../../../testing/model-server/behaviour.js'
import {testNeeding} from '../../../testing/needs.js'
import {openRunScene, type RunScene, writes} from '../../../testing/run-scene.js'
import {openTmux, type TmuxOptions} from '../../../testing/tmux.js'

const WORD = 'ashes '.repeat(400)

async function openTalk(scene: RunScene, size: Pick<TmuxOptions, 'columns' | 'rows'> = {}) {
  const tmux = await openTmux({cwd: scene.dir, env: {KEY: 'sk-ant-test'}, ...size})
  const settings = await tmux.settings()
  tmux.type(`clear; ${tmux.mcos('chat donna --with ada')}; echo "left $?"`)
  tmux.press('Enter')
  await tmux.until(/donna listens/)
  const leave = async (code: number): Promise<void> => {
    await tmux.until(new RegExp(`^left ${code}$`, 'm'))
    expect(tmux.isCursorShown()).toBe(true)
    expect(await tmux.settings()).toBe(settings)
  }
  return {tmux, leave}
}

describe('a conversation on a terminal', () => {
  testNeeding('tmux')('answers, keeps what is typed meanwhile, and knows its words', async () => {
    const scene = await openRunScene([
      asksFor([writes('letter.md')], {text: 'I write it now.\n', pauseMs: 30, letters: 4}),
      says('The letter is written.', {delayMs: 1500}),
      says('Two lines it is.'),
    ])
    const {tmux, leave} = await openTalk(scene)
    tmux.type('Write the letter')
    tmux.press('Enter')
    await tmux.until(/asking claude … 1 s/)
    tmux.type('first line')
    tmux.press('M-Enter')
    tmux.type('second line')
    tmux.press('Enter')
    tmux.type('not yet')
    await tmux.until(/then: first line second line/)
    await tmux.until(/Two lines it is\.\n\(.*1 request.*\)\nada › not yet/)
    expect(JSON.stringify(scene.server.requests.at(-1)?.body)).toContain('first line\\nsecond line')
    tmux.press('C-u')
    tmux.type('/un')
    await tmux.until(/\/undo +take back/)
    tmux.press('Tab', 'Enter')
    await tmux.until(/ada › \/undo\nTook back 1 turn/)
    tmux.type('/cost')
    tmux.press('Enter')
    const text = await tmux.until(/1 line; cost: /)
    expect(text).toContain('write workspaces/donna/letter.md: allowed (writes: workspaces/donna/**)')
    tmux.press('C-c')
    await tmux.until(/Ctrl-C once more/)
    tmux.press('C-c')
    await leave(0)
    expect(tmux.screen()).not.toContain('context')
  })

  testNeeding('tmux')('interrupts an answer, and gives back what waited to be said', async () => {
    const scene = await openRunScene([says(WORD, {letters: 6, pauseMs: 60}), says('Yes.')])
    const {tmux, leave} = await openTalk(scene)
    tmux.type('Count the ashes')
    tmux.press('Enter')
    await tmux.until(/ashes ashes/)
    tmux.type('and then?')
    tmux.press('Enter')
    await tmux.until(/then: and then\?/)
    tmux.press('C-c')
    await tmux.until(/1 request.*\n(?:.*\n)*ada › and then\?/)
    tmux.press('C-a', 'C-k', 'Up', 'Up')
    await tmux.until(/\nada › Count the ashes\n.*context/)
    tmux.press('C-u', 'C-d')
    await leave(0)
    const path = join(scene.dir, '.mcos/chat-history/donna.jsonl')
    expect(readFileSync(path, 'utf8')).toBe('"Count the ashes"\n')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  testNeeding('tmux')('fits into forty columns, takes many pasted lines as one, and follows another size', async () => {
    const scene = await openRunScene([says(`日本語の答え。${'長い行。'.repeat(30)}`), says('Six lines.')])
    const {tmux, leave} = await openTalk(scene, {columns: 40, rows: 12})
    tmux.type('Say it in Japanese')
    tmux.press('Enter')
    await tmux.until(/日本語の答え(?:.|\n)*1 request/)
    tmux.paste('one\ntwo\nthree\nfour\nfive\nsix \u001b[31mred')
    await tmux.until(/six red/)
    expect(tmux.screen().split('\n').length).toBeLessThanOrEqual(12)
    expect(scene.server.requests).toHaveLength(1)
    tmux.resize(100, 30)
    tmux.resize(60, 20)
    tmux.press('Enter')
    await tmux.until(/Six lines\.(?:.|\n)*1 request/)
    expect(JSON.stringify(scene.server.requests.at(-1)?.body)).toContain('one\\ntwo\\nthree\\nfour\\nfive\\nsix red')
    // Narrower and lower at once: what was said stays, whatever the terminal does to the lines of the box.
    tmux.resize(40, 12)
    tmux.type('a')
    await tmux.until(/Six lines\.\n(?:.*\n)*\(.*1 request(?:.*\n)*ada › a\ndonna · context/)
    tmux.press('C-l', 'C-z')
    await leave(148)
    tmux.type('fg')
    tmux.press('Enter')
    await tmux.until(/fg\n.*\n(?:.*\n)*ada › a\ndonna · context/)
    tmux.press('C-u')
    tmux.type('/quit')
    tmux.press('Enter')
    await tmux.until(/\$ ?$/)
    expect(tmux.isCursorShown()).toBe(true)
  })

  testNeeding('tmux')('leaves the terminal as it was when the system ends it', async () => {
    const scene = await openRunScene([says(WORD, {letters: 6, pauseMs: 60})])
    for (const [signal, code] of [
      ['TERM', 143],
      ['HUP', 129],
      ['INT', 130],
    ] as const) {
      const {tmux, leave} = await openTalk(scene)
      process.kill(tmux.child(), `SIG${signal}`)
      await leave(code)
    }
  })
})
