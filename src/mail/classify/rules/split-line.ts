/** A piece of a rule's line. */
export interface Piece {
  readonly kind: 'word' | 'quoted' | 'comma'
  readonly text: string
}

const OPENING = '"“„«'
const CLOSING: Readonly<Record<string, string>> = {'"': '"', '“': '”"', '„': '“”"', '«': '»'}

/** Words, quoted texts and commas of one side of a rule; null where a quote isn't closed. */
export function splitLine(side: string): Piece[] | null {
  const pieces: Piece[] = []
  let word = ''
  const end = () => {
    if (word !== '') pieces.push({kind: 'word', text: word})
    word = ''
  }
  for (let at = 0; at < side.length; at++) {
    const sign = side[at] ?? ''
    if (OPENING.includes(sign) && word === '') {
      const closing = CLOSING[sign] ?? ''
      let close = at + 1
      while (close < side.length && !closing.includes(side[close] ?? '')) close++
      if (close >= side.length) return null
      pieces.push({kind: 'quoted', text: side.slice(at + 1, close)})
      at = close
    } else if (/\s/.test(sign)) end()
    else if (/[,，、;]/.test(sign)) {
      end()
      pieces.push({kind: 'comma', text: sign})
    } else word += sign
  }
  end()
  return pieces
}

const ARROW = /→|⇒|➔|➜|->|=>/g

/** The first arrow that stands in no quotes; where every arrow does, the first at all. */
export function findArrow(line: string): {readonly from: number; readonly to: number} | null {
  const arrows = [...line.matchAll(ARROW)].map(({0: sign, index}) => ({from: index, to: index + sign.length}))
  if (arrows.length === 0) return null
  const quotes = quotesOf(line)
  return arrows.find(({from}) => !quotes.some(([open, close]) => open < from && from < close)) ?? arrows[0] ?? null
}

function quotesOf(line: string): [number, number][] {
  const quotes: [number, number][] = []
  for (let at = 0; at < line.length; at++) {
    const closing = CLOSING[line[at] ?? '']
    if (closing === undefined || !/^$|[\s,，、;]/.test(line[at - 1] ?? '')) continue
    let close = at + 1
    while (close < line.length && !closing.includes(line[close] ?? '')) close++
    if (close >= line.length) return quotes
    quotes.push([at, close])
    at = close
  }
  return quotes
}
