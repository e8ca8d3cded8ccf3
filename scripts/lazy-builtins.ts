import type {Plugin} from 'rolldown'

/** Parts of Node that are slow to set up (3 to 5 ms each) and that a beat without news never touches. */
const SLOW = ['child_process', 'crypto', 'http', 'https', 'net', 'dns', 'tls']
/** Half a millisecond, and libraries of the screen import it as a whole: there it is left as it is. */
const SLOWISH = 'os'
const REQUIRE = new RegExp(`([\\w$]+)\\s*=\\s*require\\((["'\`]node:(${[...SLOW, SLOWISH].join('|')})["'\`])\\)`, 'g')

const IMPORT = /\bimport\((["'`]node:[^"'`]+["'`])\)/g

const LAZY = `const lazyBuiltin = (load) => {
  let loaded
  return new Proxy({}, {get: (_, name) => (loaded ??= load())[name]})
};
`

/**
 * Loads those parts of Node at their first use instead of at the start, in the named CommonJS chunks, which every beat
 * loads. Sources import them as everything else; only a default or namespace import of a slow one can't be put off, and
 * fails the build. Their `import()` of a part of Node becomes a `require`: code that V8 kept is run without a loader that
 * would answer it (see bin/quick-require.js).
 */
export function lazyBuiltins(chunks: readonly string[]): Plugin {
  return {
    name: 'lazy-builtins',
    renderChunk(rendered, {name}) {
      if (!chunks.includes(name)) return null
      const code = rendered.replace(IMPORT, 'Promise.resolve().then(() => require($1))')
      if (code.search(REQUIRE) === -1) return code
      const lazy = code.replace(REQUIRE, (eager: string, variable: string, id: string, part: string) => {
        const isWhole = new RegExp(`\\b${variable}\\s*=\\s*[\\w$.]*\\(${variable}\\b`).test(code)
        if (!isWhole) return `${variable} = lazyBuiltin(() => require(${id}))`
        if (part === SLOWISH) return eager
        throw new Error(`${variable} is imported as a whole: import its functions by name, so that it can be lazy`)
      })
      return LAZY + lazy
    },
  }
}
