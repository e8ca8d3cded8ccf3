import {SECRET_SHAPES as SHAPES} from '../../kit/secret-shapes.js'

/** Something that has the shape of a vendor's token; the value itself is never carried along. */
export interface SecretFinding {
  readonly file: string
  readonly line: number
  readonly kind: string
}

const LONGEST_LINE = 20_000

/** Where a text holds what looks like a vendor's token, by line; one finding a line and kind. */
export function findSecrets(text: string, file: string): SecretFinding[] {
  if (!SHAPES.some(([, shape]) => shape.test(text))) return []
  return text.split('\n').flatMap((content, index) => {
    const shown = content.slice(0, LONGEST_LINE)
    return SHAPES.filter(([, shape]) => shape.test(shown)).map(([kind]) => ({file, line: index + 1, kind}))
  })
}
