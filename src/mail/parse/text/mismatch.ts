/** How a mail's two bodies stand to each other. */
export interface Comparison {
  /** Whether they say different things. */
  readonly isMismatch: boolean
  /** Whether the plain text leaves out most of what the HTML shows, as "your program can't show this mail" does. */
  readonly isPoor: boolean
}

const FEWEST = 5
const SAME_SHARE = 0.5
const POOR_SHARE = 0.4
const STUB =
  /html|browser|online|web ?version|anzeigen|navigateur|navegador|webbl[äa]sare|浏览器|瀏覽器|ブラウザ|браузер/iu
const LONGEST_STUB = 40

/** Compares by the words that stand in both, so that other line breaks, links and footers make no difference. */
export function compareBodies(plain: string, html: string): Comparison {
  const [one, other] = [wordsOf(plain), wordsOf(html)]
  const both = [...one].filter((word) => other.has(word)).length
  const isPoor = other.size >= FEWEST && both / other.size < POOR_SHARE
  const isStub = one.size < FEWEST || (one.size <= LONGEST_STUB && STUB.test(plain))
  const smaller = Math.min(one.size, other.size)
  return {isMismatch: !isStub && smaller >= FEWEST && both / smaller < SAME_SHARE, isPoor}
}

/** Words of letters, or letter by letter where a script has no spaces; addresses of links are another matter. */
function wordsOf(text: string): Set<string> {
  const plain = text.toLowerCase().replace(/https?:\/\/\S+|\bwww\.\S+/g, ' ')
  return new Set(
    plain.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}]{3,}/gu),
  )
}
