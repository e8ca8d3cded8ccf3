import {spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {expect, inject, test} from 'vitest'
import {openApprovalScene, WORDS} from '../../../testing/approval-scene.js'
import {cleanEnv, mcos} from '../../../testing/built-mcos.js'
import {testNeeding} from '../../../testing/needs.js'

const bin = fileURLToPath(new URL('../../../bin/mcos.js', import.meta.url))

/** Runs the built command on a terminal of its own, and types these lines when it is asked. */
async function onTerminal(
  args: readonly string[],
  {cwd, types}: {cwd: string; types: readonly string[]},
): Promise<{code: number | null; text: string}> {
  const failure = inject('buildFailure')
  if (failure !== null) throw new Error(failure)
  const line = [process.execPath, bin, ...args].map((part) => `'${part}'`).join(' ')
  const child = spawn('script', ['-qefc', line, '/dev/null'], {
    cwd,
    env: {...cleanEnv(cwd), TERM: 'dumb'},
    stdio: 'pipe',
  })
  let text = ''
  const left = [...types]
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
    // Typed only once it was asked for: before that, the terminal would show it.
    if (/(?:passphrase of \w+|Once more): $/i.test(text)) child.stdin.write(`${left.shift() ?? ''}\r`)
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({code, text})))
}

testNeeding('script')(
  'on a terminal a person sets up a passphrase, sees the whole request, and says yes; nothing typed is shown',
  async () => {
    const scene = openApprovalScene()
    const id = await scene.raise()
    const cwd = scene.dir
    const setUp = await onTerminal(['people', 'setup', 'ada'], {cwd, types: [WORDS, WORDS]})
    expect(setUp).toMatchObject({code: 0, text: expect.stringContaining('knows a passphrase of ada now')})
    const wrong = await onTerminal(['approve', 'yes', id.slice(0, 14), '--by', 'ada'], {cwd, types: ['another boiler']})
    expect(wrong).toMatchObject({code: 3, text: expect.stringContaining('not the passphrase of ada')})
    const yes = await onTerminal(['approve', 'yes', id, '--by', 'ada'], {cwd, types: [WORDS]})
    expect(yes.code).toBe(0)
    for (const word of ['workspaces/donna/letter.md', '| Dear Ms Bell', 'sha256:', 'mcos heartbeat donna'])
      expect(yes.text).toContain(word)
    for (const {text} of [setUp, wrong, yes]) expect(text).not.toMatch(/a boiler in|another boiler/)
    expect(await scene.statusOf(id)).toBe('approved')
  },
)

test('without a terminal nobody is asked, and a passphrase from a pipe sets one up', async () => {
  const scene = openApprovalScene()
  const id = await scene.raise()
  const cwd = scene.dir
  const setUp = await mcos(['people', 'setup', 'ada', '--passphrase-fd', '0'], {cwd, input: `${WORDS}\n`})
  expect(setUp).toMatchObject({code: 0})
  expect(JSON.parse((await mcos(['people', 'list', '--json'], {cwd})).stdout)).toMatchObject({
    people: [
      {name: 'ada', passphrase_since: expect.stringMatching(/^20/)},
      {name: 'ben', passphrase_since: null},
    ],
  })
  const yes = await mcos(['approve', 'yes', id, '--by', 'ada', '--json'], {cwd, input: `${WORDS}\n`})
  expect(yes.code).toBe(3)
  expect(JSON.parse(yes.stdout)).toMatchObject({error: {code: 'NO_TERMINAL'}})
  const shown = await mcos(['approve', 'show', id, '--json'], {cwd})
  expect(JSON.parse(shown.stdout)).toMatchObject({id, status: 'waiting', args: {tool: 'write'}})
  expect((await mcos(['review'], {cwd})).stdout).toContain(`mcos approve yes ${id}`)
})
