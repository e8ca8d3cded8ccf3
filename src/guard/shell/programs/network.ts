import type {Call} from '../call.js'
import {type OptionForm, readOptions} from '../options.js'
import type {Judge} from './judge.js'

/** Programs that ask other machines. */
export const NETWORK: Readonly<Record<string, Judge>> = {curl: judgeCurl, wget: judgeWget}

const CURL: OptionForm = {
  known: 'sSfLiIvkGNgaqjlR0123456#BOJZ',
  valued: 'HdAuemwXrxyYzCPt',
  writes: 'oDc',
  reads: 'TE',
  longKnown: [
    'silent',
    'show-error',
    'fail',
    'location',
    'include',
    'head',
    'verbose',
    'insecure',
    'get',
    'compressed',
    'globoff',
    'no-progress-meter',
    'progress-bar',
    'http1.1',
    'http2',
    'ipv4',
    'ipv6',
    'tlsv1.2',
    'remote-name',
    'fail-with-body',
    'no-buffer',
    'retry-connrefused',
    'retry-all-errors',
    'create-dirs',
    'fail-early',
  ],
  longValued: [
    'header',
    'data',
    'data-raw',
    'data-binary',
    'data-urlencode',
    'data-ascii',
    'json',
    'form',
    'form-string',
    'request',
    'url',
    'user-agent',
    'user',
    'referer',
    'max-time',
    'connect-timeout',
    'retry',
    'retry-delay',
    'retry-max-time',
    'write-out',
    'range',
    'cookie',
    'max-redirs',
    'limit-rate',
    'time-cond',
  ],
  longWrites: ['output', 'dump-header', 'cookie-jar'],
  longReads: ['upload-file', 'cacert', 'cert', 'key'],
}
const CURL_SENDS = [
  'd',
  'F',
  'T',
  'data',
  'data-raw',
  'data-binary',
  'data-urlencode',
  'data-ascii',
  'json',
  'form',
  'form-string',
  'upload-file',
]

function judgeCurl(call: Call): void {
  // Several values of one option count, and the last one alone would be kept: so each is looked at.
  const texts = call.texts()
  if (texts.some((text) => /^(?:-:|--next)/.test(text))) call.unclear('curl makes several requests')
  const {rest, has, value} = readOptions(call, {...CURL, valued: `${CURL.valued}bF`})
  if (has('x', 'y', 'Y', 'z', 'P', 't', 'C')) call.unclear('curl is told more than a page to ask for')
  if (texts.some((text) => /%output|%header\{|^@/.test(text) && !/^-/.test(text) && has('w', 'write-out')))
    call.unclear('curl writes where --write-out says')
  for (const text of texts.flatMap(filesInValue)) call.read(text)
  const cookie = value('b', 'cookie')
  if (cookie && !cookie.text.includes('=')) call.read(cookie)
  const method = (value('X', 'request')?.text ?? '').toUpperCase()
  const isGet =
    has('G', 'get') || (method === '' && !has(...CURL_SENDS)) || (/^(?:GET|HEAD)$/.test(method) && !has(...CURL_SENDS))
  const urls = [...rest.map(({text}) => text), ...(value('url') ? [value('url')?.text ?? ''] : [])]
  if (urls.length === 0) call.unclear('curl names no address')
  if (texts.filter((text) => text.startsWith('--url')).length > 1) call.unclear('curl makes several requests')
  for (const url of urls) ask(call, {url, isGet})
  if (has('O', 'remote-name', 'J')) for (const url of urls) call.write(lastPart(call, url))
}

/** `-d @file`, `-F field=@file`: what is sent is read first. */
function filesInValue(text: string): string[] {
  const [, file] =
    /^(?:-[dHFw]|--(?:data(?:-\w+)?|json|form|header|write-out)=)?(?:[\w.-]*=)?[@<]([^;]+)/.exec(text) ?? []
  const [, encoded] = /^[\w.-]+@([^;]+)$/.exec(text) ?? []
  return [file, encoded !== undefined && text.startsWith('-') ? encoded : undefined].flatMap((name) =>
    name === undefined || name === '-' ? [] : [name],
  )
}

const WGET: OptionForm = {
  known: 'qvcSNd46',
  valued: 'TtUw',
  longKnown: [
    'quiet',
    'no-verbose',
    'continue',
    'timestamping',
    'no-check-certificate',
    'server-response',
    'spider',
    'show-progress',
    'no-clobber',
    'content-on-error',
  ],
  longValued: [
    'timeout',
    'tries',
    'user-agent',
    'header',
    'post-data',
    'method',
    'body-data',
    'output-document',
    'directory-prefix',
    'output-file',
    'append-output',
    'post-file',
    'body-file',
    'wait',
    'max-redirect',
  ],
}

function judgeWget(call: Call): void {
  const {rest, has, value} = readOptions(call, {...WGET, valued: `${WGET.valued}OPoa`})
  for (const name of ['o', 'a', 'output-file', 'append-output']) {
    const log = value(name)
    if (log) call.write(log)
  }
  for (const name of ['post-file', 'body-file']) {
    const file = value(name)
    if (file) call.read(file)
  }
  const method = value('method')?.text.toUpperCase() ?? 'GET'
  const isGet = /^(?:GET|HEAD)$/.test(method) && !has('post-data', 'post-file', 'body-data', 'body-file')
  if (rest.length === 0) call.unclear('wget names no address')
  for (const {text} of rest) ask(call, {url: text, isGet})
  if (has('spider')) return
  const output = value('O', 'output-document')
  const folder = value('P', 'directory-prefix')?.text ?? '.'
  if (output && output.text !== '-') call.write(output)
  else if (!output) for (const {text} of rest) call.write(`${folder}/${lastPart(call, text) || 'index.html'}`)
}

function ask(call: Call, {url, isGet}: {url: string; isGet: boolean}): void {
  if (/[[\]{}]/.test(url) && !/^https?:\/\/\[[0-9a-f:]+\]/i.test(url))
    call.unclear(`which addresses ${JSON.stringify(url)} means isn\u2019t plain`)
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`
  const parsed = URL.canParse(whole) ? new URL(whole) : null
  if (parsed?.protocol === 'file:') {
    call.read(decodeURIComponent(parsed.pathname))
    return
  }
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || /[\\\s]/.test(url))
    call.unclear(`${JSON.stringify(url)} is no plain address of a page`)
  call.act({verb: 'fetch', target: parsed.host})
  if (!isGet) call.act({verb: 'http.post', target: parsed.host})
}

function lastPart(call: Call, url: string): string {
  const [path = ''] = url.replace(/^[a-z]+:\/\/[^/]*/i, '').split(/[?#]/)
  const name = path.split('/').at(-1) ?? ''
  return /[%\\]/.test(name) ? call.unclear('the name that the page is saved under isn\u2019t plain') : name
}
