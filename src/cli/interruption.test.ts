import {spawn} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {cleanEnv} from '../../testing/built-mcos.js'
import {openScene} from '../../testing/heartbeat-scene.js'
import {isSoonGone} from '../../testing/is-gone.js'

const bin = fileURLToPath(new URL('../../bin/mcos.js', import.meta.url))

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s ends a heartbeat within seconds, with its exit code, no child left behind and nothing half done',
  async (signal, code) => {
    const script = 'sh -c "echo $$ > pid; exec sleep 60"'
    const scene = openScene({files: {'workspaces/donna/HEARTBEAT.md': `## Every heartbeat\n- \`run: ${script}\`\n`}})
    scene.trust('donna', [{kind: 'run', text: `run: ${script}`}])
    const child = spawn(process.execPath, [bin, 'heartbeat', 'donna'], {cwd: scene.dir, env: cleanEnv(scene.dir)})
    const exited = new Promise<number | null>((resolve) => child.on('close', resolve))
    const pidFile = join(scene.dir, 'workspaces/donna/pid')
    await expect
      .poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').trim() !== '', {timeout: 60_000})
      .toBe(true)
    const before = scene.countCommits()
    child.kill(signal)
    expect(await exited).toBe(code)
    expect(await isSoonGone(Number(readFileSync(pidFile, 'utf8')))).toBe(true)
    expect(scene.countCommits()).toBe(before)
    expect(scene.list('.mcos/locks').filter((name) => name.endsWith('.lock'))).toEqual([])
  },
)
