const ANSWERS =
  /^(?:\s*(?:re|aw|antw|antwort|sv|vs|rv|fw|fwd|wg|tr|res|enc|odp|отв|ответ|пересл|回复|回覆|答复|转发|返信|転送)\s*(?:\[\d+\])?\s*[:：])+/i
/** Words with a digit in them are another the next time; other signs could mean something in a rule or in Markdown. */
const CHANGING = /\S*\p{N}\S*|[^\p{L}\p{M}\p{Zs}.,:'&!?%/-]+/gu
const MOST_PIECES = 3
const LONGEST_PIECE = 60

/** The pieces of a subject that stay the same from one mail of its kind to the next, the longest few, in their order. */
export function subjectShape(subject: string): string[] {
  const pieces = subject
    .normalize('NFC')
    .replace(ANSWERS, '')
    .replace(CHANGING, '\n')
    .split('\n')
    .map((piece) =>
      [...piece.replace(/\s+/g, ' ')]
        .slice(0, LONGEST_PIECE)
        .join('')
        .replace(/^[\s.,:'&!?%/-]+|[\s.,:'&!?%/-]+$/g, ''),
    )
    .filter((piece) => (piece.match(/\p{L}/gu)?.length ?? 0) >= 2)
  const longest = [...pieces].sort((a, b) => b.length - a.length).slice(0, MOST_PIECES)
  return [...new Set(pieces.filter((piece) => longest.includes(piece)))].slice(0, MOST_PIECES)
}
