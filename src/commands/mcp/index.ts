import {openServed} from '../../app/mcp/open-served.js'
import {BaseCommand} from '../../cli/base-command.js'
import {listenForInterruption} from '../../cli/interruption.js'
import {systemClock} from '../../kit/clock.js'
import {EXIT} from '../../kit/errors.js'
import {clean} from '../../kit/text.js'
import {serve} from '../../mcp/serve.js'

export default class Mcp extends BaseCommand {
  static override summary = 'Serve the fleet to an MCP client, for one agent.'
  static override description =
    "What Claude Code, Codex, Gemini CLI and other MCP clients start for themselves; mcos mcp install writes that into their settings. Speaks MCP over the standard streams until its input ends. MCOS_AGENT and MCOS_TOKEN say for which agent: what is done is that agent's, by its contract, one commit each. Without the two it refuses to start."
  static override examples = [
    '<%= config.bin %> <%= command.id %> install donna --claude   # let a client start it',
    `MCOS_AGENT=donna MCOS_TOKEN=… <%= config.bin %> <%= command.id %> --home /srv/my-fleet   # what the client then does`,
  ]
  /** The output belongs to the protocol. */
  static override enableJsonFlag = false

  async run(): Promise<void> {
    const {flags} = await this.parse(Mcp)
    const served = await openServed({
      cwd: process.cwd(),
      env: process.env,
      session: sessionOfToday(process.env['MCOS_AGENT']),
      ...(flags.home === undefined ? {} : {home: flags.home}),
    })
    const interruption = listenForInterruption()
    const server = {name: 'mcos', title: `mcos, for ${served.agent}`, version: this.config.version}
    const wire = {
      input: process.stdin,
      output: process.stdout,
      log: (line: string) => process.stderr.write(`mcos mcp: ${clean(line)}\n`),
      signal: interruption.signal,
    }
    await serve({...served, server}, wire)
    interruption.stop()
    const code = interruption.exitCode()
    // A client that reads no more would keep the process alive for as long as it holds the pipe.
    if (process.stdout.writableLength > 0) process.exit(code ?? EXIT.done)
    if (code !== undefined) this.endWith(code)
  }
}

/**
 * One a day for all clients of an agent: what one of them has heard from outside counts for the next as well, or to connect
 * anew would be enough to forget it.
 */
function sessionOfToday(agent: string | undefined): string {
  return `mcp-${agent ?? ''}-${new Date(systemClock.now()).toISOString().slice(0, 10)}`
}
