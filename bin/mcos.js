#!/usr/bin/env node
'use strict'
// The entrance. CommonJS, because loading Node's ES module loader alone costs a third of a bare start, and cron and
// hooks come through here all day. The version is answered on the spot, hot commands have doors of their own in
// dist/doors/, and everything else goes to oclif.
const {existsSync, readFileSync, writeSync} = require('node:fs')
const {join} = require('node:path')

const root = join(__dirname, '..')
const argv = process.argv.slice(2)

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`mcos needs Node 20.19 or newer, and this is ${process.versions.node}.\n  https://nodejs.org\n`)
  process.exit(1)
}

function isVersionWord(word) {
  return word === '--version' || word === '-v' || word === 'version'
}

/** Straight to the file: to set up Node's own stream takes a tenth of a bare start. */
function say(text) {
  try {
    writeSync(1, text)
  } catch {
    // A reader that is slow or gone: the stream knows what to do.
    process.stdout.on('error', () => undefined).write(text)
  }
}

/** True when a door took the line; one that knows only half of it leaves it to oclif. */
async function enterDoor() {
  const doors = join(root, 'dist', 'doors')
  const door = join(doors, `${argv[0]}.cjs`)
  if (!/^[a-z]+$/.test(argv[0] ?? '') || !existsSync(door)) return false
  if (major < 22) require('./quick-require.js').quickRequire(door)
  // What doors share lies beside them, under names that a person may type as well.
  const {enter} = require(door)
  return enter === undefined ? false : enter(argv.slice(1))
}

async function enter() {
  if (argv.length === 1 && isVersionWord(argv[0])) {
    const {name, version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    say(`${name} ${version}\n`)
    return
  }
  // Node 22 and later can keep what they compiled.
  if (major >= 22) require('node:module').enableCompileCache?.()
  if (await enterDoor()) {
    // Node takes a twentieth of a start to tidy up what ends with the process anyway. The hook has said everything;
    // of the others a slow reader may still be getting the rest, or a program be ending.
    if (argv[0] === 'hook' || process.getActiveResourcesInfo().length === 0) process.exit()
    return
  }
  const main = join(root, 'dist', 'main.js')
  if (!existsSync(main)) {
    process.stderr.write('mcos is not built here: dist/ is missing.\n  npm run build\n')
    process.exitCode = 1
    return
  }
  const {runCli} = await import(require('node:url').pathToFileURL(main).href)
  await runCli(argv, root)
}

void enter()
