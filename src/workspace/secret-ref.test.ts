import {expect, test} from 'vitest'
import {formatDuration, parseDuration} from './duration.js'
import {formatSecretRef, parseSecretRef, resolveSecret, type SecretRef} from './secret-ref.js'

test.each(['env:NAME', 'file:/etc/key', 'file:~/key', 'command:pass show a b', 'credential:mail'])(
  '%s is a reference',
  (text) => {
    const ref = parseSecretRef(text)
    expect(ref && formatSecretRef(ref)).toBe(text)
  },
)

test.each(['sk-ant-abc', 'env:', 'env:A B', 'env: ', 'credential:../x', 'https://x', 'ENV:NAME', ''])(
  '%j is none',
  (text) => {
    expect(parseSecretRef(text)).toBeNull()
  },
)

const ref = (text: string): SecretRef => parseSecretRef(text) ?? {source: 'env', value: 'NEVER'}
const sources = {
  env: {KEY: ' secret\n', BLANK: ' \n', HOME: '/home/ada', CREDENTIALS_DIRECTORY: '/run/cred'},
  readFile: (path: string) => {
    if (path === '/home/ada/key') return {text: 'from file\n', mode: 0o100600}
    if (path === '/open') return {text: 'x', mode: 0o100644}
    return path === '/run/cred/mail' ? {text: 'credential', mode: 0o400} : null
  },
  runCommand: (command: string) => (command === 'pass a' ? 'from command\n' : ''),
}

test.each([
  ['env:KEY', 'secret'],
  ['file:~/key', 'from file'],
  ['command:pass a', 'from command'],
  ['credential:mail', 'credential'],
])('%s resolves', (text, secret) => {
  expect(resolveSecret(ref(text), sources)).toBe(secret)
})

test.each([
  ['env:NONE', 'SECRET_EMPTY', 'The secret env:NONE is not there.'],
  ['env:BLANK', 'SECRET_EMPTY', 'The secret env:BLANK is empty.'],
  ['file:/none', 'SECRET_EMPTY', 'The secret file:/none is not there.'],
  ['command:other', 'SECRET_EMPTY', 'The secret command:other is empty.'],
  ['credential:none', 'SECRET_EMPTY', 'The secret credential:none is not there.'],
  ['file:/open', 'SECRET_OPEN', 'file:/open can be read by others (mode 644).'],
])('%s is an error that names it', (text, code, message) => {
  expect(() => resolveSecret(ref(text), sources)).toThrow(expect.objectContaining({code, message, exit: 2}))
})

test('durations read and write alike', () => {
  for (const text of ['500ms', '30s', '2m', '1h', '7d', '90s'])
    expect(formatDuration(parseDuration(text) ?? 0)).toBe(text)
  for (const text of ['', '2', '2 m', '-1s', '0s', '1w', '1e3s', '9999999999s']) expect(parseDuration(text)).toBeNull()
})
