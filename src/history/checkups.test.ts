import {execFileSync} from 'node:child_process'
import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Trouble} from '../workspace/health.js'
import {HISTORY_CHECKUPS} from './checkups.js'

let dir: string

beforeEach(() => {
  dir = tempFolder()
  git('init', '-q', '-b', 'main')
  commit()
})

test('a branch that was never committed to, beside one that was, is told with the way back', async () => {
  git('symbolic-ref', 'HEAD', 'refs/heads/mian')
  const [told] = await troubles()
  expect(told?.detail).toMatch(/git is on mian, which has no commit, and main has/)
  typed(told)
  expect(await troubles()).toEqual([])
})

test('a HEAD that a full disk has emptied is told with the way back', async () => {
  writeFileSync(join(dir, '.git/HEAD'), '')
  const [told] = await troubles()
  expect(told?.detail).toMatch(/HEAD is empty or damaged/)
  typed(told)
  expect(readFileSync(join(dir, '.git/HEAD'), 'utf8')).toBe('ref: refs/heads/main\n')
  expect(await troubles()).toEqual([])
})

test('a .git that is a file and leads nowhere is told', async () => {
  rmSync(join(dir, '.git'), {recursive: true})
  writeFileSync(join(dir, '.git'), 'gitdir: /opt/none/main/.git/worktrees/x\n')
  const [told] = await troubles()
  expect(told?.detail).toContain('leads to /opt/none/main/.git/worktrees/x')
})

async function troubles(): Promise<readonly Trouble[]> {
  const repository = HISTORY_CHECKUPS.find(({id}) => id === 'repository')
  const fleet = {home: {dir}} as unknown as Fleet
  return (await repository?.examine(fleet))?.troubles ?? []
}

function typed(trouble: Trouble | undefined): void {
  execFileSync('sh', ['-c', trouble?.fix ?? 'false'], {cwd: dir})
}

function commit(): void {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
  git(...who, 'commit', '-q', '--allow-empty', '-m', 'One')
}

function git(...args: string[]): void {
  execFileSync('git', args, {cwd: dir})
}
