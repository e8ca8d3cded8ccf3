'use strict'
const {existsSync, readFileSync} = require('node:fs')
const {dirname, resolve} = require('node:path')
const {Script} = require('node:vm')

/**
 * Loads a CommonJS file with what V8 made of it at build time (`FILE.v8`), which saves a third of a bare start: Node 22 and
 * later do this by themselves. V8 refuses what another version of it made, and then the file is compiled as ever.
 */
function quickRequire(file) {
  const kept = `${file}.v8`
  // The build writes plain ASCII, which needs no decoding.
  const script = new Script(module.constructor.wrap(readFileSync(file, 'latin1')), {
    filename: file,
    ...(existsSync(kept) ? {cachedData: readFileSync(kept)} : {}),
  })
  const loaded = new module.constructor(file, module)
  loaded.filename = file
  require.cache[file] = loaded
  const run = script.runInThisContext()
  run.call(loaded.exports, loaded.exports, (id) => requireFrom(loaded, id), loaded, file, dirname(file))
  loaded.loaded = true
  return script
}

/** The file's neighbours come the same way where something of them was kept; so do the bundler's own few lines. */
function requireFrom(from, id) {
  if (id.startsWith('./')) {
    const file = resolve(dirname(from.filename), id)
    if (!require.cache[file] && (file.includes('rolldown-runtime') || existsSync(`${file}.v8`))) quickRequire(file)
    if (require.cache[file]) return require.cache[file].exports
  }
  return from.require(id)
}

module.exports = {quickRequire}
