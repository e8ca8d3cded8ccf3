import {Text, Transform} from 'ink'
import {memo} from 'react'
import {type Span, styledText} from './spans.js'

interface Props {
  readonly spans: readonly Span[]
  readonly hasColor: boolean
}

/**
 * One line of the screen. Ink is handed a blank in its place and the letters when it draws: it would measure every letter of
 * every line at every frame, and keep each text it has ever measured.
 */
export const Line = memo(function Line({spans, hasColor}: Props) {
  const text = styledText(spans, hasColor)
  return (
    <Transform transform={() => text}>
      <Text> </Text>
    </Transform>
  )
})
