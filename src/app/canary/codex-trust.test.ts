import {expect, test} from 'vitest'
import {codexTrust, tablesOfTrust} from './codex-trust.js'

const PLACE = {folder: '/srv/my fleet/workspaces/donna', file: '/srv/my fleet/workspaces/donna/.codex/hooks.json'}
const FOLDER = '[projects."/srv/my fleet"]\ntrust_level = "trusted"\n'
const HOOK = `[hooks.state."${PLACE.file}:pre_tool_use:0:0"]\ntrusted_hash = "sha256:1"\n`

test.each([
  ['', {folder: false, gate: false}],
  [FOLDER, {folder: true, gate: false}],
  [`${FOLDER}${HOOK}`, {folder: true, gate: true}],
  [HOOK, {folder: false, gate: true}],
  ["[projects.'/srv/my fleet/workspaces/donna'] # mine\ntrust_level = 'trusted'\n", {folder: true, gate: false}],
  ['[projects."/srv/my"]\ntrust_level = "trusted"\n', {folder: false, gate: false}],
  ['[projects."/srv/my fleet"]\ntrust_level = "untrusted"\n', {folder: false, gate: false}],
  ['[projects."/srv/my fleet"]\n[tui]\ntrust_level = "trusted"\n', {folder: false, gate: false}],
  [HOOK.replace('pre_tool_use', 'stop'), {folder: false, gate: false}],
  [HOOK.replace('trusted_hash', 'enabled'), {folder: false, gate: false}],
])('what Codex has written of trust: %j', (config, expected) => {
  expect(codexTrust(config, PLACE)).toEqual(expected)
})

test('of a person’s settings only what is trusted and switched comes along: no server, no login, no notifier', () => {
  const config = `model = "x"\nnotify = ["say"]\n[mcp_servers.mail]\ncommand = "mail"\n${FOLDER}[features]\nhooks = false\n[tui]\nx = 1\n${HOOK}`
  expect(tablesOfTrust(config)).toBe(`${FOLDER.trimEnd()}\n[features]\nhooks = false\n${HOOK}`)
})
