import {spawn, spawnSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, onTestFinished, test} from 'vitest'
import {cleanEnv, mcos} from '../../../testing/built-mcos.js'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {testNeeding} from '../../../testing/needs.js'
import {readCronLine} from '../../fleet/schedules/crontab-line.js'

const BIN = fileURLToPath(new URL('../../../bin/mcos.js', import.meta.url))
const BEATS = [
  ['donna', 'heartbeat', 'idle'],
  ['jarvis', 'heartbeat', 'idle'],
]

test('the line that install writes beats without anything of our environment', async () => {
  const scene = openScene()
  const args = ['service', 'install', '--cron', '--every', '1m', '--dry-run', '--json']
  const {stdout: json} = await mcos(args, {cwd: scene.dir})
  const {files} = JSON.parse(json) as {files: {after: string}[]}
  const line = files[0]?.after.split('\n').find((one) => readCronLine(one) !== null) ?? ''
  const command = line.split(' ').slice(5).join(' ').replaceAll('\\%', '%')
  const {status, stdout, stderr} = spawnSync('/usr/bin/env', ['-i', '/bin/sh', '-c', command], {
    encoding: 'utf8',
    cwd: '/',
  })
  expect({status, stdout, stderr}).toEqual({status: 0, stdout: '', stderr: ''})
  expect(scene.receipts().map(({agent, trigger, state}) => [agent, trigger, state])).toEqual(BEATS)
})

/**
 * Debian's own crontab and cron, behind mounts of their own: the spool, /run and the machine's crontabs are empty there, so
 * that neither somebody's crontab nor a cron that runs already is touched.
 */
const APART = `
mount -t tmpfs -o mode=1730 tmpfs /var/spool/cron/crontabs
chgrp crontab /var/spool/cron/crontabs
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /etc/cron.d
mount --bind "$EMPTY" /etc/crontab
"$NODE" "$BIN" service install --cron --every 1m --yes
crontab -l > "$TAB"
{ cat "$TAB"; echo "* * * * * env > $PROBE"; } | crontab -
exec /usr/sbin/cron -f
`
const ROOT = {
  program: 'unshare',
  works: () => spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']).status === 0,
}

testNeeding(
  {program: 'cron', in: '/usr/sbin'},
  'crontab',
  ROOT,
)("Debian's cron runs what install put into a crontab, with cron's own environment, and a beat happens", async () => {
  const scene = openScene()
  const inMcos = (name: string): string => join(scene.dir, '.mcos', name)
  const [probe, tab, empty] = [inMcos('env-of-cron'), inMcos('crontab'), inMcos('empty')]
  writeFileSync(empty, '')
  const env = {...cleanEnv(scene.dir), NODE: process.execPath, BIN, PROBE: probe, TAB: tab, EMPTY: empty}
  const apart = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '/bin/sh', '-ec', APART]
  const child = spawn('unshare', apart, {cwd: scene.dir, env, stdio: 'pipe'})
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))

  const isOver = (): boolean =>
    child.exitCode !== null || (existsSync(probe) && scene.list('.mcos/runs').length > 0 && scene.receipts().length > 1)
  await expect.poll(isOver, {timeout: 80_000, interval: 500}).toBe(true)
  expect(child.exitCode, said).toBeNull()
  expect(scene.receipts().map(({agent, trigger, state}) => [agent, trigger, state])).toEqual(BEATS)
  expect(readFileSync(tab, 'utf8')).toMatch(/^# >>> mcos service: .*\n\* \* \* \* \* cd \//)

  const given = readFileSync(probe, 'utf8')
  expect(given).toMatch(/^PATH=\/usr\/bin:\/bin$/m)
  expect(given).toMatch(/^SHELL=\/bin\/sh$/m)
  expect(given).not.toMatch(/^(?:NODE|VITEST)=/m)
  expect(isInSpool(scene.dir)).toBe(false)
})

/** Of the machine itself, outside. */
function isInSpool(home: string): boolean {
  const spool = '/var/spool/cron/crontabs'
  return readdirSync(spool).some((name) => readFileSync(join(spool, name), 'utf8').includes(home))
}
