import fc from 'fast-check'
import {expect, test} from 'vitest'
import {cpuTime} from '../../testing/cpu-time.js'
import {fixedClock} from '../kit/clock.js'
import type {Change} from '../workspace/change.js'
import {PRIORITIES} from '../workspace/message-file.js'
import {messageFileName} from './file-name.js'
import {makeKeyPair} from './keys.js'
import {planSendTo} from './send.js'
import {judgeMessage} from './verdict.js'

const ada = makeKeyPair()
const keyring = {publicKey: (name: string) => (name === 'ada' ? ada.publicKey : null)}
const donna = {name: 'donna', path: 'workspaces/donna'}

/** Any text, with what is likely to confuse a reader of headers in it. */
const text = fc.oneof(
  fc.string({unit: 'binary', maxLength: 60}),
  fc
    .array(fc.constantFrom('---\n', '\n', 'sig: x', 'from: jarvis', '\u2028', '\r', '"', '\\', ' ', 'é'), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
)

const draft = fc.record({
  from: fc.constant('ada'),
  to: fc.constant('donna'),
  subject: text,
  body: text.map((body) => `x${body}`),
  priority: fc.constantFrom(...PRIORITIES),
  taint: fc.option(text),
  trace: fc.constantFrom([], ['jarvis'], ['jarvis', 'atlas']),
  hops: fc.nat(9),
})

function contentOf(changes: readonly Change[]): string {
  const [change] = changes
  if (change?.kind !== 'write') throw new Error('a sent message is a written file')
  return change.content
}

test('whatever is said, it arrives as it was signed', () => {
  fc.assert(
    fc.property(draft, (said) => {
      const plan = planSendTo(donna, said, {clock: fixedClock('2026-11-21T08:30:00Z'), privateKey: ada.privateKey})
      const found = {owner: 'donna', file: messageFileName(plan.message), path: plan.path, mtimeMs: 0}
      const verdict = judgeMessage(Buffer.from(contentOf(plan.changes)), found, keyring)
      expect(verdict).toEqual({message: plan.message, trust: 'verified', reason: null})
    }),
    {numRuns: 300},
  )
})

test('whatever lies in an inbox, it is read quickly and not believed', () => {
  const hostile = fc.oneof(
    fc.uint8Array({maxLength: 300}),
    text.map((body) => Buffer.from(`---\nfrom: ada\nsig: abc\nsubject: "${body}\n---\n${body}`)),
    fc.constant(Buffer.from(`---\nfrom:${' '.repeat(200_000)}x\n---\n`)),
    fc.constant(Buffer.from('---\n'.repeat(50_000))),
  )
  fc.assert(
    fc.property(hostile, (bytes) => {
      const judge = () => {
        const verdict = judgeMessage(bytes, {owner: 'donna', file: 'a.md', path: 'a.md', mtimeMs: 0}, keyring)
        expect(verdict.trust).not.toBe('verified')
        expect(verdict.reason).not.toBeNull()
      }
      expect(cpuTime(judge)).toBeLessThan(500)
    }),
    {numRuns: 300},
  )
})
