import type {Plugin} from 'rolldown'

/** Parts of Node that are slow to set up (3 to 5 ms each) and that a beat without news never touches. */
const SLOW = ['child_process', 'crypto', 'http', 'https', 'net', 'dns', 'tls']
const REQUIRE = new RegExp(`([\\w$]+)\\s*=\\s*require\\((["'\`]node:(?:${SLOW.join('|')})["'\`])\\)`, 'g')

const IMPORT = /\bimport\((["'`]node:[^"'`]+["'`])\)/g

const LAZY = `const lazyBuiltin = (load) => {
  let loaded
  return new Proxy({}, {get: (_, name) => (loaded ??= load())[name]})
};
`

/**
 * Loads those parts of Node at their first use instead of at the start, in the named CommonJS chunks, which every beat
 * loads. Sources import them as everything else; only a default or namespace import of one can't be put off, and fails
 * the build. Their `import()` of a part of Node becomes a `require`: code that V8 kept is run without a loader that
 * would answer it (see bin/quick-require.js).
 */
export function lazyBuiltins(chunks: readonly string[]): Plugin {
  return {
    name: 'lazy-builtins',
    renderChunk(rendered, {name}) {
      if (!chunks.includes(name)) return null
      const code = rendered.replace(IMPORT, 'Promise.resolve().then(() => require($1))')
      const names = [...code.matchAll(REQUIRE)].map(([, builtin]) => String(builtin))
      if (names.length === 0) return code
      const whole = names.find((found) => new RegExp(`\\b${found}\\s*=\\s*[\\w$.]*\\(${found}\\b`).test(code))
      if (whole)
        throw new Error(`${whole} is imported as a whole: import its functions by name, so that it can be lazy`)
      return LAZY + code.replace(REQUIRE, '$1 = lazyBuiltin(() => require($2))')
    },
  }
}
