import type {Prompt, Step} from './prompt.js'

/**
 * The steps as one text, for engines that read nothing else. One that remembers the conversation is sent only what
 * came after its last answer.
 */
export function renderSteps({steps}: Prompt, {remembers}: {readonly remembers: boolean}): string {
  const last = steps.findLastIndex(({kind}) => kind === 'answer')
  const wanted = remembers && last >= 0 && last < steps.length - 1 ? steps.slice(last + 1) : steps
  return `${wanted.map(renderStep).join('\n\n')}\n`
}

function renderStep(step: Step): string {
  switch (step.kind) {
    case 'prompt':
      return step.text.trim()
    case 'answer': {
      const calls = step.calls.map(({tool, input}) => `(you called ${tool} ${JSON.stringify(input)})`)
      return ['Your answer so far:', step.text.trim(), ...calls].filter((line) => line !== '').join('\n')
    }
    case 'results':
      return step.results
        .map(({tool, text, isError}) => `${tool} ${isError ? 'failed' : 'came back'}:\n${text.trim()}`)
        .join('\n\n')
  }
}
