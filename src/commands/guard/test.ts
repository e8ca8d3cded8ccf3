import {Args} from '@oclif/core'
import {type GuardTestReport, readFleetRules, readNamedRules, testGuardrails} from '../../app/guard-test.js'
import {BaseCommand} from '../../cli/base-command.js'
import {EXIT} from '../../kit/errors.js'
import {presentGuardTest} from '../../present/guard-test.js'

export default class GuardTest extends BaseCommand {
  static override summary = "Run each guardrail's examples: what it must hold back, and what let pass."
  static override description =
    'Exit 1 when an example comes out otherwise, when a rule has none that it holds back, when a file can’t be read, or when one that was committed is lost.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> guardrails/no-auto-send.md',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override strict = false
  static override args = {
    file: Args.string({
      description: 'Files to test, wherever they lie; otherwise every one of the fleet.',
      name: 'FILE…',
    }),
  }

  async run(): Promise<GuardTestReport> {
    const {argv} = await this.parse(GuardTest)
    const typed = argv.map(String)
    const files = typed.length > 0 ? readNamedRules(typed, process.cwd()) : await readFleetRules(await this.fleet())
    const report = testGuardrails(files)
    this.print(presentGuardTest(report))
    this.endWith(report.ok ? EXIT.done : EXIT.failed)
    return report
  }
}
