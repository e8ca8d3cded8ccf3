import {type ReviewReport, review} from '../app/review.js'
import {requirePerson} from '../cli/actor.js'
import {BaseCommand} from '../cli/base-command.js'
import {presentReview} from '../present/review.js'

export default class Review extends BaseCommand {
  static override summary = 'Everything that waits for you, on one page, with the command for each.'
  static override description =
    'Approvals by agent, what agents propose for memory and guardrails, messages that are held or in quarantine, and the questions of alerts.'
  static override examples = ['<%= config.bin %> review', '<%= config.bin %> review --json']

  async run(): Promise<ReviewReport> {
    await this.parse(Review)
    requirePerson(process.env)
    const report = await review(await this.fleet())
    this.print(presentReview(report))
    return report
  }
}
