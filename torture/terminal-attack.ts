import type {Dice} from './dice.js'

/** Beginnings, ends and insides of what terminals obey, whole and torn, in both their spellings. */
const PIECES = [
  '\u001b',
  '\u001b[',
  '\u001b]',
  '\u001bP',
  '\u001b^',
  '\u001b_',
  '\u001bX',
  '\u001b\\',
  '\u001bc',
  '\u001b(0',
  '\u001b#8',
  '\u0090',
  '\u0098',
  '\u009b',
  '\u009c',
  '\u009d',
  '\u009e',
  '\u009f',
  '\u0085',
  '\u0007',
  '\b',
  '\r',
  '\n',
  '\r\n',
  '\t',
  '\0',
  '\u007f',
  '\u000e',
  '\u000f',
  '31m',
  '2J',
  '0;title',
  '52;c;aGk=',
  '8;;http://x\u0007',
  '?1049h',
  '6n',
  '1;1H',
  ';;;;',
  '999999999',
  '\u202e',
  '\u2066',
  '\u200f',
  '\u061c',
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u{e0041}',
  '\u{e007f}',
  '\u{e0100}',
  '\ufe0f',
  '\ud83d',
  '\ude00',
  '\udb40',
  '\udc41',
  '\u2028',
  '\u2029',
  '👩',
  '💻',
  'a',
  'é',
  '日',
  ' ',
]

/** One hostile text: pieces put together by chance, or bytes read as UTF-8 or as Latin-1. */
export function hostileText(dice: Dice): string {
  const kind = dice.below(1000)
  if (kind === 0) return dice.pick(PIECES).repeat(50_000)
  if (kind < 200) return hostileBytes(dice).toString('utf8')
  if (kind < 400) return hostileBytes(dice).toString('latin1')
  return Array.from({length: 1 + dice.below(20)}, () => dice.pick(PIECES)).join('')
}

function hostileBytes(dice: Dice): Buffer {
  return Buffer.from(
    Array.from({length: 1 + dice.below(60)}, () => (dice.below(3) === 0 ? dice.below(32) : dice.below(256))),
  )
}
