import {Text, Transform} from 'ink'
import {memo} from 'react'
import {type Span, styledText} from './spans.js'

interface Props {
  readonly spans: readonly Span[]
  readonly hasColor: boolean
}

/** One line of the screen. */
export function Line({spans, hasColor}: Props) {
  return <DrawnLine text={styledText(spans, hasColor)} />
}

/**
 * Ink is handed a blank in the line's place and the letters when it draws: it would measure every letter of every line at
 * every frame, and keep each text it has ever measured. A line that is as before costs it nothing.
 */
const DrawnLine = memo(function DrawnLine({text}: {readonly text: string}) {
  return (
    <Transform transform={() => text}>
      <Text> </Text>
    </Transform>
  )
})
