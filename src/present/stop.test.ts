import {expect, test} from 'vitest'
import type {StopState} from '../app/stop.js'
import {presentStop} from './stop.js'

const FLEET = '.mcos/STOP'
const DONNA = '.mcos/STOP.donna'

test.each<[string, Partial<StopState>, string]>([
  ['stop', {changed: true, holding: [FLEET]}, 'The fleet is stopped (.mcos/STOP). It goes on after mcos resume.'],
  ['stop, again', {holding: [FLEET]}, 'The fleet was stopped already (.mcos/STOP). It goes on after mcos resume.'],
  ['resume', {changed: true}, 'The fleet is no longer stopped. The next heartbeat beats again.'],
  ['resume, of nothing', {}, 'The fleet was not stopped.'],
  [
    'resume, while donna is stopped herself',
    {changed: true, holding: [DONNA]},
    'The fleet is no longer stopped. Still stopped one by one: mcos resume donna.',
  ],
  [
    'stop donna',
    {agent: 'donna', changed: true, holding: [DONNA]},
    'donna is stopped (.mcos/STOP.donna). It goes on after mcos resume donna.',
  ],
  [
    'stop donna, while the fleet is stopped',
    {agent: 'donna', changed: true, holding: [FLEET, DONNA]},
    'donna is stopped (.mcos/STOP.donna). The whole fleet is stopped: it goes on after mcos resume and mcos resume donna.',
  ],
  [
    'resume donna, while the fleet is stopped',
    {agent: 'donna', changed: true, holding: [FLEET]},
    'donna is no longer stopped. The whole fleet is stopped: it goes on after mcos resume.',
  ],
])('%s', (_, state, text) => {
  const whole = {agent: null, stopped: false, changed: false, holding: [], ...state}
  const file = whole.agent === null ? FLEET : `${FLEET}.${whole.agent}`
  expect(presentStop({...whole, file})).toBe(text)
})
