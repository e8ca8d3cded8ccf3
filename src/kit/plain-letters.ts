import {lettersOf, widthOf} from './width.js'

/** What a terminal has letters for: all of them, all but the drawn signs of a screen, or those of a typewriter. */
export type Letters = 'all' | 'no-signs' | 'ascii'

type Env = Readonly<Record<string, string | undefined>>

/** By the locale, as every program of a terminal does; Linux's own console has accents and no signs. */
export function lettersIn({LC_ALL, LC_CTYPE, LANG, TERM}: Env): Letters {
  const locale = LC_ALL || LC_CTYPE || LANG
  // Where nothing is said (a container, a bare ssh) the terminal around it can do it today.
  if (locale && !/utf-?8/i.test(locale)) return 'ascii'
  return TERM === 'linux' ? 'no-signs' : 'all'
}

const SIGNS: Readonly<Record<string, string>> = {
  '▁': '_',
  '▂': '.',
  '▃': ':',
  '▄': '-',
  '▅': '=',
  '▆': '+',
  '▇': '*',
  '█': '#',
  '░': '.',
  '▶': '>',
  '●': '*',
  '○': 'o',
  '‖': '=',
  '■': '#',
  '×': 'x',
  '†': '+',
  '·': '.',
  '•': '*',
  '✓': 'v',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '⏎': '<',
  '›': '>',
  '…': '~',
  '–': '-',
  '—': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
}

/** The same text in as many cells, with what the terminal has. */
export function writtenIn(letters: Letters, text: string): string {
  if (letters === 'all') return text
  return text.replace(/[^\u0000-\u007f]+/g, (run) =>
    lettersOf(run)
      .map((letter) => SIGNS[letter] ?? (letters === 'ascii' ? inAscii(letter) : letter))
      .join(''),
  )
}

/** Without its accents, or a question mark a cell. */
function inAscii(letter: string): string {
  const bare = letter.normalize('NFD').replace(/\p{Mark}/gu, '')
  return /^[ -~]$/.test(bare) ? bare : '?'.repeat(widthOf(letter))
}
