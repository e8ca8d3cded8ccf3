import {Flags} from '@oclif/core'

/** For commands about a state that each conversation has of its own: `static override flags = {...withFlag}`. */
export const withFlag = {
  with: Flags.string({
    description: "The conversation with this person; otherwise the agent's own work.",
    helpValue: 'PERSON',
  }),
}
