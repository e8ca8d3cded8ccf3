import type {Chat} from '../app/chat.js'
import {presentContext} from './context.js'
import {presentUndone} from './history.js'
import {presentCost} from './run.js'

/** The words of a conversation, each with what it does. */
export const CHAT_WORDS: readonly {readonly word: string; readonly does: string}[] = [
  {word: '/context', does: 'what would be sent with your next line, part by part'},
  {word: '/workstate', does: 'what a new process would go on from'},
  {word: '/undo', does: 'take back what your last line changed'},
  {word: '/cost', does: 'what this conversation has cost until now'},
  {word: '/help', does: 'these words'},
  {word: '/quit', does: 'leave; the conversation stays in a file'},
]

const HELP = CHAT_WORDS.map(({word, does}) => `${word.padEnd(10)}  ${does}`).join('\n')

/** What a word such as /cost is answered with. */
export async function presentWord(
  line: string,
  chat: Pick<Chat, 'context' | 'standing' | 'workstate' | 'undo' | 'cost'>,
): Promise<string> {
  const [word = ''] = line.split(/\s/, 1)
  switch (word) {
    case '/context':
      return [presentContext(await chat.context('(your next line)')), chat.standing()].join('\n')
    case '/workstate':
      return (await chat.workstate()) ?? 'There is nothing yet: it is written with the first answer.'
    case '/undo': {
      const undone = await chat.undo()
      return undone ? presentUndone(undone) : 'Nothing was said here that changed anything.'
    }
    case '/cost': {
      const cost = chat.cost()
      return `${cost.lines} ${cost.lines === 1 ? 'line' : 'lines'}; ${presentCost(cost)}`
    }
    case '/help':
      return HELP
    default:
      return `There is no ${word}.\n${HELP}`
  }
}
