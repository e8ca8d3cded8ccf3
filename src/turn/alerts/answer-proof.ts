import {answerKeysOf} from '../../guard/people/open-person.js'
import type {Folder} from '../../kit/folder.js'
import {signedAnswer} from '../../workspace/alert-gates.js'
import type {AlertGates} from '../../workspace/alert-standing.js'

/**
 * Checks a person's signature under a yes to P0. Where this machine knows the person's passphrase, or has taken answers of
 * channels, it has to be theirs; where it knows neither, it has to be there at all, and the machine it was given on has
 * checked it.
 */
export function proofOn(mcos: Folder): AlertGates['whyNotProved'] {
  const keys = answerKeysOf(mcos)
  return (event, alert) => {
    const {by, via, sig} = event
    if (sig === null) return `the yes of ${by} bears no signature`
    const key = via === 'terminal' ? keys.person(by) : keys.channels()
    if (key === null) return null
    const signature = Buffer.from(sig, 'base64')
    const {verify} = process.getBuiltinModule('node:crypto')
    const isTrue = signature.toString('base64') === sig && verify(null, signedAnswer(event, alert), key, signature)
    return isTrue ? null : `the yes is not signed by ${by}, or something of it was changed since`
  }
}
