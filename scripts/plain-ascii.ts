import type {Plugin} from 'rolldown'

/**
 * Writes what is not ASCII as escapes: V8 keeps and reads a source of single bytes in half the room and time. In our own
 * sources such letters stand in texts and patterns only, where an escape means the same.
 */
export function plainAscii(): Plugin {
  return {
    name: 'plain-ascii',
    renderChunk: (code) =>
      code.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
  }
}
