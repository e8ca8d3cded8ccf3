import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {ChatKey} from './chat-key.js'
import {openKeyReader} from './read-keys.js'

function read(...chunks: string[]): string[] {
  const keys = openKeyReader()
  return chunks.flatMap((chunk) => keys.read(chunk)).map(tell)
}

function tell(key: ChatKey): string {
  return key.kind === 'key' ? key.name : `${key.kind} ${JSON.stringify(key.text)}`
}

describe('what a terminal sends', () => {
  test.each([
    ['letters, and Enter', 'héllo\r', ['text "héllo"', 'enter']],
    [
      'Ctrl-J, Alt+Enter and Shift+Enter in both ways',
      '\n\u001b\r\u001b[13;2u\u001b[27;2;13~',
      Array(4).fill('newline'),
    ],
    ['Enter as a code', '\u001b[13u\u001b[13;1u', ['enter', 'enter']],
    ['arrows of both kinds', '\u001b[A\u001bOB\u001b[D\u001b[C', ['up', 'down', 'left', 'right']],
    [
      'words',
      '\u001b[1;3D\u001b[1;5C\u001bb\u001bf\u001b\u007f\u0017',
      ['word-left', 'word-right', 'word-left', 'word-right', 'kill-word', 'kill-word'],
    ],
    ['Home and End', '\u001b[H\u001b[F\u001b[1~\u001b[4~\u0001\u0005', ['home', 'end', 'home', 'end', 'home', 'end']],
    [
      'Ctrl-C and Ctrl-D, also as codes',
      '\u0003\u0004\u001b[99;5u\u001b[100;5u',
      ['interrupt', 'end-of-input', 'interrupt', 'end-of-input'],
    ],
    ['Delete and Backspace', '\u001b[3~\u007f\b', ['delete', 'backspace', 'backspace']],
    ['what nobody knows', '\u001b[99~\u001bO!\u001b[200;9Z\u0000x', ['text "!"', 'text "x"']],
    [
      'a paste with line breaks and an Enter inside',
      '\u001b[200~a\rb\n\u001b[31m\u001b[201~\r',
      ['paste "a\\rb\\n\\u001b[31m"', 'enter'],
    ],
  ])('%s', (_, sent, keys) => {
    expect(read(sent)).toEqual(keys)
  })

  test('however it is cut into pieces, it is the same keys', () => {
    const sent = 'ab\u001b[1;3D\u001b[200~x\ny\u001b[201~\u001b\r\u001b[27;2;13~é\r'
    const whole = read(sent)
    fc.assert(
      fc.property(fc.array(fc.nat(sent.length), {maxLength: 6}), (places) => {
        const cuts = [0, ...places.sort((one, other) => one - other), sent.length]
        const pieces = cuts.slice(1).map((cut, index) => sent.slice(cuts[index], cut))
        expect(joined(read(...pieces))).toEqual(joined(whole))
      }),
    )
  })

  test('half a sequence that nothing follows is forgotten', () => {
    const keys = openKeyReader()
    expect(keys.read('\u001b')).toEqual([])
    keys.flush()
    expect(keys.read('b').map(tell)).toEqual(['text "b"'])
  })
})

/** Letters may come one by one. */
function joined(keys: readonly string[]): string {
  return keys.join(' ').replaceAll(/" text "/g, '')
}
