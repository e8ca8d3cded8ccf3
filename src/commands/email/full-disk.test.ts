import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect} from 'vitest'
import {cleanEnv} from '../../../testing/built-mcos.js'
import {openMailScene} from '../../../testing/mail-scene.js'
import {OWN_DISK, OWN_MOUNTS, testNeeding} from '../../../testing/needs.js'

const bin = fileURLToPath(new URL('../../../bin/mcos.js', import.meta.url))
const [unshare = '', ...ownMounts] = OWN_MOUNTS
const test = testNeeding(OWN_DISK)

test('on a full disk each account has its line with what makes room, and once there is room nothing is lost or told twice', () => {
  const scene = openMailScene({
    accounts: {
      work: 'kind: maildir, path: Mail, agent: donna, since: 3650d',
      team: 'kind: maildir, path: Mail, agent: jarvis, since: 3650d',
    },
    files: {'.gitignore': '.mcos/\nMail/\n'},
  })
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(scene.dir, 'Mail', part), {recursive: true})
  writeFileSync(join(scene.dir, 'Mail/new/1.a'), 'From: ben@partner.example\r\nSubject: Hello\r\n\r\nHello\r\n')
  mkdirSync(join(scene.dir, '.mcos/mail'), {recursive: true})

  const run = (before: string): {code: number | null; stdout: string} => {
    const script = `${before}\nexec "$NODE" "$BIN" email triage --json`
    const env = {...cleanEnv(scene.dir), NODE: process.execPath, BIN: bin, MAIL: join(scene.dir, '.mcos/mail')}
    const {status, stdout} = spawnSync(unshare, [...ownMounts, 'sh', '-c', script], {
      cwd: scene.dir,
      env,
      encoding: 'utf8',
    })
    return {code: status, stdout}
  }
  const full = run('mount -t tmpfs -o size=32k tmpfs "$MAIL"; cat /dev/zero > "$MAIL/fill" 2>/dev/null')
  expect(full.code).toBe(1)
  const {accounts} = JSON.parse(full.stdout)
  expect(accounts).toHaveLength(2)
  for (const {state, error} of accounts) {
    expect({state, code: error.code}).toEqual({state: 'failed', code: 'DISK_FULL'})
    expect(error.message).toMatch(/^\S+\/\.mcos\/mail\/\S+ can't be written: the disk is full\.$/)
    expect(error.suggestions[0]).toContain('Make room (df -h')
  }
  const free = run(':')
  expect(free.code).toBe(0)
  const ledgers = execFileSync(
    'grep',
    ['-rc', '"kind":"mail"', ...['donna', 'jarvis'].map((name) => `workspaces/${name}/mail`), '--include=*.jsonl'],
    {
      cwd: scene.dir,
      encoding: 'utf8',
    },
  )
  expect(
    ledgers
      .trim()
      .split('\n')
      .map((line) => line.slice(line.lastIndexOf(':'))),
  ).toEqual([':1', ':1'])
  expect(scene.git('status', '--porcelain')).toBe('')
})
