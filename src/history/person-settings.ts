import {lookOnce} from '../workspace/look-once.js'
import {readPersonConfig} from './person.js'

const KEYS = 'user.name user.email user.signingkey commit.gpgsign gpg.format gpg.program core.autocrlf'.split(' ')

/** What a person's own git is told to do, by one call for all checks. */
export const personSettings = lookOnce(({home, env}) => readPersonConfig(home.dir, KEYS, env))
