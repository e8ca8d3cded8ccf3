import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev', 'notification', {kind: 'robot', urgency: 0})

/** Robots that tell a state nobody has to act on now. */
export const NOTIFICATION = made

add(
  'en',
  `{[UP]|RECOVERED:|OK -} {host}.northwind.example

{host}.northwind.example is {reachable|up} again after {n:2-40} minutes (was: HTTP 503, CRITICAL).`,
  {from: '{Uptimely|Pingwell|Statusbird} <alerts@uptimely.example>'},
)
add(
  'en',
  `Backup of {host} succeeded

{n:100-900} files, 0 failed, 0 critical.`,
  {from: 'backup@{host}.northwind.example'},
)
add(
  'en',
  `[northwind/field-app] Run passed: {tests|deploy-production}

All {n:4-40} jobs have succeeded.`,
  {from: 'Buildyard <ci@buildyard.example>'},
)
add(
  'en',
  `Weekly summary of your alerts

{n:2-9} critical, {n:2-9} warnings, all closed. Worst: {host} DOWN for {n:3-30} minutes on Tuesday.`,
  {from: 'Uptimely <reports@uptimely.example>', also: ['newsletter']},
)
add(
  'en',
  `Your parcel {id} is on its way

It will arrive on {date:+2}. Track it: https://swiftbox.example/{id}`,
  {from: 'Swiftbox <track@swiftbox.example>'},
)
add(
  'en',
  `Scheduled maintenance on {date:+12}

{service} will be unavailable for {n:5-50} minutes in the night of {date:+12}. No action is needed.`,
  {from: '{service} Status <status@{service.dom}>'},
)
add(
  'en',
  `[TEST] Alarm {host}

This is a test of your notification channel. If you can read it, all is well.`,
  {from: 'Pagerline <notify@pagerline.example>'},
)
add(
  'en',
  `Resolved: {service} incident

The incident that began at {hour:-3} is resolved. All services operate normally.`,
  {from: '{service} Status <status@{service.dom}>'},
)
add(
  'en',
  `New comment on "Route {n:1-20}"

{first} wrote: looks good to me.`,
  {from: 'Boardly <notify@boardly.example>', also: ['other']},
)
add(
  'en',
  `Your sign-in code is {id}

You asked for it a moment ago. It is valid for 10 minutes.`,
  {from: '{service} <no-reply@{service.dom}>'},
)
add(
  'de',
  `Entstörung: {host} wieder erreichbar

Die Störung von {hour:-2} Uhr ist behoben.`,
  {from: 'Überwachung <alarm@wachturm.example>'},
)
add(
  'fr',
  `Sauvegarde terminée

Aucune erreur critique.`,
  {from: 'sauvegarde@{host}.northwind.example'},
)
add(
  'zh',
  `备份完成

今日备份成功，无错误。`,
  {from: '备份系统 <backup@{host}.northwind.example>'},
)
