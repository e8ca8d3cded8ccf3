import {fitWidth} from '../kit/width.js'

/** An answer told by whole lines, beside those of others. */
export interface QuietText {
  readonly push: (text: string) => void
  /** The answer is over. */
  end(): void
}

/** As much of one answer is told while others are at work too. */
const FEW_LINES = 3

/** While `isCrowded`, each line is cut to the screen and only the first few are told; how many more there were is said at the end. */
export function quietText(
  line: (text: string) => void,
  {isCrowded, columns}: {isCrowded(): boolean; columns(): number},
): QuietText {
  let begun = ''
  let shown = 0
  let hidden = 0
  const tell = (text: string): void => {
    if (text.trim() === '') return
    if (!isCrowded()) line(`│ ${text}`)
    else if (shown < FEW_LINES) line(fitWidth(`│ ${text}`, columns()))
    else hidden++
    shown++
  }
  return {
    push(text) {
      const lines = `${begun}${text}`.split('\n')
      begun = lines.pop() ?? ''
      for (const one of lines) tell(one)
    },
    end() {
      if (begun !== '') tell(begun)
      if (hidden > 0) line(`│ … ${hidden} more ${hidden === 1 ? 'line' : 'lines'}`)
      begun = ''
      shown = 0
      hidden = 0
    },
  }
}
