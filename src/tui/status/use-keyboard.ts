import {useStdin} from 'ink'
import {useEffect, useRef} from 'react'

/**
 * What the terminal sends, a whole sequence or letters at a time. Ink's own reading of keys throws at sequences that it has
 * no name for: Ctrl+F1 of some terminals, or a colour in pasted text, would end the screen.
 */
export function useKeyboard(hear: (sequence: string) => void): void {
  const {setRawMode, internal_eventEmitter: emitter} = useStdin()
  const listener = useRef(hear)
  listener.current = hear
  useEffect(() => {
    const onInput = (sequence: string): void => listener.current(sequence)
    setRawMode(true)
    emitter.on('input', onInput)
    return () => {
      emitter.off('input', onInput)
      setRawMode(false)
    }
  }, [setRawMode, emitter])
}
