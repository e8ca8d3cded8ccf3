import {Text, Transform} from 'ink'
import {memo, useContext} from 'react'
import {LineBookContext} from './line-book.js'
import {type Span, styledText, widthOfSpans} from './spans.js'

interface Props {
  readonly spans: readonly Span[]
  readonly hasColor: boolean
}

/** One line of the screen. */
export function Line({spans, hasColor}: Props) {
  return <DrawnLine text={styledText(spans, hasColor)} width={widthOfSpans(spans)} />
}

/**
 * Ink is handed a blank in the line's place and the letters when it draws: it would measure every letter of every line at
 * every frame, and keep each text it has ever measured. A line that is as before costs it nothing.
 */
const DrawnLine = memo(function DrawnLine({text, width}: {readonly text: string; readonly width: number}) {
  const book = useContext(LineBookContext)
  return (
    <Transform transform={() => book?.note(text, width) ?? text}>
      <Text> </Text>
    </Transform>
  )
})
