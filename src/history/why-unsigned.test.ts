import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import type {Fleet} from '../workspace/fleet.js'
import {personSettings} from './person-settings.js'
import {whyUnsigned} from './why-unsigned.js'

/** A repository with these settings, opened by somebody with those. */
function scene(repository: Readonly<Record<string, string>>, own = '') {
  const [dir, user] = [tempFolder(), tempFolder()]
  execFileSync('git', ['init', '-q', dir])
  for (const [key, value] of Object.entries(repository)) execFileSync('git', ['-C', dir, 'config', key, value])
  writeFileSync(join(user, '.gitconfig'), own)
  const env = {PATH: process.env['PATH'], HOME: user, GIT_CONFIG_NOSYSTEM: '1'}
  const fleet = {home: {dir}, env} as unknown as Fleet
  return {dir, why: () => whyUnsigned(fleet, personSettings(fleet))}
}

function program(dir: string, exit: number): string {
  mkdirSync(dir, {recursive: true})
  const file = join(dir, 'gpg-of-somebody')
  writeFileSync(file, `#!/bin/sh\necho ran > '${dir}/ran'\nexit ${exit}\n`, {mode: 0o755})
  return file
}

test('a program that the repository names is never started', () => {
  const aside = tempFolder()
  const {why} = scene({'commit.gpgsign': 'true', 'user.signingkey': 'x', 'gpg.program': program(aside, 0)})
  expect(why().join()).toMatch(/^commit\.gpgsign is set, and gpg /)
  expect(existsSync(join(aside, 'ran'))).toBe(false)
})

test('the one a person has chosen is asked for the key', () => {
  const own = (exit: number) =>
    `[commit]\n gpgsign = true\n[user]\n signingkey = x\n[gpg]\n program = ${program(tempFolder(), exit)}\n`
  expect(scene({}, own(0)).why()).toEqual([])
  expect(scene({}, own(2)).why().join()).toContain('has no secret key of x')
})

test('without signing nothing is asked, and an SSH key that is gone is told', () => {
  expect(scene({}).why()).toEqual([])
  const ssh = '[commit]\n gpgsign = true\n[gpg]\n format = ssh\n[user]\n signingkey = ~/.ssh/none\n'
  expect(scene({}, ssh).why().join()).toContain('no SSH key ~/.ssh/none')
})
