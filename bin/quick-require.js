'use strict'
const {existsSync, readFileSync} = require('node:fs')
const {basename, dirname, resolve} = require('node:path')
const {Script} = require('node:vm')

/**
 * Loads a CommonJS file with what V8 made of it at build time, which saves a third of a bare start: Node 22 and later do
 * this by themselves. Each door has its own (`FILE.DOOR.v8`), with the functions that it runs. V8 refuses what another
 * version of it made, and then the file is compiled as ever.
 */
function quickRequire(file, door = basename(file, '.cjs')) {
  const kept = keptFor(file, door)
  const script = new Script(wrapped(file), {
    filename: file,
    ...(existsSync(kept) ? {cachedData: readFileSync(kept)} : {}),
  })
  const loaded = new module.constructor(file, module)
  loaded.filename = file
  require.cache[file] = loaded
  const run = script.runInThisContext()
  run.call(loaded.exports, loaded.exports, (id) => requireFrom(loaded, {id, door}), loaded, file, dirname(file))
  loaded.loaded = true
  return script
}

/** As Node wraps a module, in one piece; the build writes plain ASCII, which needs no decoding. */
function wrapped(file) {
  const [head, tail] = module.constructor.wrapper
  return Buffer.concat([Buffer.from(head), readFileSync(file), Buffer.from(tail)]).latin1Slice()
}

/** The file's neighbours come the same way where something of them was kept; so do the bundler's own few lines. */
function requireFrom(from, {id, door}) {
  if (id.startsWith('./')) {
    const file = resolve(dirname(from.filename), id)
    if (!require.cache[file] && (file.includes('rolldown-runtime') || existsSync(keptFor(file, door))))
      quickRequire(file, door)
    if (require.cache[file]) return require.cache[file].exports
  }
  return from.require(id)
}

function keptFor(file, door) {
  return `${file.slice(0, -'.cjs'.length)}.${door}.v8`
}

module.exports = {quickRequire}
