import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {record} from './record.js'
import {drawTerminal} from './terminal-svg.js'

const title = 'A terminal: mcos heartbeat meets an outage, mcos status shows the fleet'
const svg = drawTerminal(await record(), {title})
const path = join(import.meta.dirname, '..', 'docs', 'picture.svg')
writeFileSync(path, svg)
process.stdout.write(`${path}: ${svg.split('\n').length} lines\n`)
