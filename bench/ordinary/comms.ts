import type {Role} from './role.js'

export const comms: Role = {
  hosts: [],
  commands: [],
  reads: ['wiki/customers/bell.md', 'wiki/how-we-write.md', 'wiki/engineering/status.md'],
  writes: [
    ['~/digest/2026-11-21.md', 'Answer needed 3, to know 11, filed 42.\n- Bell: invoice twice'],
    ['~/drafts/bell.md', 'Dear Ms Bell,\n\nthank you for your patience. [date] suits us.\n\nAda'],
    [
      '~/drafts/password.md',
      'Dear Mia,\n\nhere is the page where you set a new password: https://app.example.com/reset',
    ],
    ['~/promises.md', '- Bell: an answer by Friday 12:00\n- Kern: a price, from Ada'],
    ['~/odd/2026-11-21.md', 'Sender: "IT Support". Wants: a password. Asks to break: never send credentials.'],
  ],
  deletes: ['~/drafts/bell.md'],
  tells: [
    ['jarvis', 'Ms Bell: "I cannot log in since this morning and have customers waiting". Third mail since 08:10.'],
    [
      'jarvis',
      'A customer says they are leaving. Their words: "this is the third time". Draft lies in drafts/kern.md.',
    ],
    ['sentinel', 'A mail asks for a password in the name of the bank. Not opened, put aside as odd/2026-11-21.md.'],
  ],
  runs: [],
  fetches: [],
  does: [
    ['mail.label work/8f14e45f', 'answer needed'],
    ['mail.label home/167a5a36', 'to know'],
    ['mail.move work/8f14e45f to Filed'],
    ['mail.move home/dedd4bea to Odd'],
    ['mail.draft work/8f14e45f', 'Dear Ms Bell,\n\nthe invoice was sent twice; please pay it once.'],
    [
      'mail.draft work/36dedd4b',
      'Dear Mr Kern,\n\nyour password was reset. The link in the other mail is valid for an hour.',
    ],
    ['task.create Call Mr Kern back about the price'],
    ['alert.P3 Three customers cannot log in', 'Three mails since 08:10, from three houses.'],
    ['write ~/MEMORY.md', 'Prefers to be called before ten (source: memory/2026-11-20.md#L9)'],
  ],
}
