'use strict'
// Loaded into a process before its own code: notes at its end how much memory it ever held, in the file that it is told.
const {readFileSync, writeFileSync} = require('node:fs')

process.on('exit', () => writeFileSync(process.env.PEAK_MEMORY_FILE, String(peakKilobytes())))

/** What Linux counts for this program alone; resourceUsage also counts the process that started it. */
function peakKilobytes() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))[1])
}
