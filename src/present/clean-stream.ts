import {clean} from '../kit/text.js'

/** Cleans text that comes in pieces: together they give exactly what `clean` makes of the whole. */
export interface CleanStream {
  /** What may be shown by now; the rest is held back until it is known what it belongs to. */
  push(text: string): string
  /** The rest. */
  end(): string
}

/** What a control sequence may begin with: from there to the end of its line nothing is certain. */
const OPENERS = /[\u001b\u0090\u0098\u009b\u009d-\u009f]/

/** Characters behind which the text may be cut: whatever follows, they stay, and what follows doesn't depend on them. */
const CALM = /^(?:[\n\t -~]|(?!\p{Extended_Pictographic})[\p{L}\p{N}\p{P}])$/u

/**
 * No sequence that `clean` takes out goes beyond its line, and what else it takes out is a character that depends at most
 * on its neighbours. So a line is safe up to the first thing that might open a sequence, and as far as its last calm letter.
 */
export function cleanStream(): CleanStream {
  let held = ''
  return {
    push(text) {
      held += text
      const safe = safeLength(held)
      const shown = clean(held.slice(0, safe))
      held = held.slice(safe)
      return shown
    },
    end() {
      const rest = clean(held)
      held = ''
      return rest
    },
  }
}

function safeLength(text: string): number {
  const line = text.lastIndexOf('\n') + 1
  const opener = text.slice(line).search(OPENERS)
  let end = opener < 0 ? text.length : line + opener
  while (end > line && !isCalm(text, end)) end--
  return end
}

/** Whether a calm character ends here; half of one that is written as two never does. */
function isCalm(text: string, end: number): boolean {
  return CALM.test(text.charAt(end - 1))
}
