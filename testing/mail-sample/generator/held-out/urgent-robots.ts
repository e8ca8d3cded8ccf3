import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out-robot', 'urgent', {kind: 'robot', urgency: 3})

/** Programs that report what fails now. */
export const URGENT_ROBOTS = made

add(
  'en',
  `{host}.northwind.example {unreachable|not responding} ({n:3-9} failed checks)

{Timeout after 30 s|Connection refused|502 Bad Gateway} from all locations, first seen {hour:-1} UTC.
{The incident is open.|Still failing.}`,
  {from: 'Netpulse <robot@netpulse.example>'},
)
add(
  'en',
  `{host}: no space left on device

{n:100-900} writes failed since {hour:-1}. {Orders|Photos|Signatures} of technicians are {being lost|not saved}.`,
  {from: 'root@{host}.northwind.example'},
)
add(
  'en',
  `We couldn't collect your payment - {service}

Your bank {refused|returned} R {money}. {If nothing arrives by {date:+1}|Unless this is settled within 24 hours} we have to {disconnect|block} your {numbers|workspace|access}.`,
  {from: '{service} Accounts <accounts@{service.dom}>', also: ['invoice']},
)
add(
  'en',
  `prod: {error rate|5xx} {n:21-78} % after release {n:100-400}

Release {n:100-400} went live at {hour:-1}. {Most users cannot sign in|Checkout fails for nearly everyone}. No automatic rollback is configured.`,
  {from: 'Shipwright <bot@shipwright.example>'},
)
add(
  'en',
  `TLS: {host}.northwind.example not valid after today

The chain ends {tonight at midnight|in {n:2-9} hours}; the renewal hook exited with code {n:1-9}.`,
  {from: 'acme@{host}.northwind.example'},
)
add(
  'en',
  `Last notice before deletion: {northwind-app|northwind-jobs}.example

Your registration lapses {tomorrow|on {date:+1}}. The name will then be offered to others.`,
  {from: 'Domainhaven <desk@domainhaven.example>'},
)
add(
  'en',
  `API key exposed

A {production|live} key of {service} belonging to northwind was found on a public page {n:2-40} minutes ago and has been used {n:3-90} times since.`,
  {from: '{service} Trust <trust@{service.dom}>'},
)
add(
  'en',
  `Two-step verification was turned off for {ada|ben|office}@northwind.example

This happened {n:2-30} minutes ago from {Odessa|Jakarta|Bogota}. If you did not do it, take your account back: https://postmoor.example/recover`,
  {from: 'Postmoor <no-reply@postmoor.example>'},
)
add(
  'de',
  `Alarm: {host} - Dienst ausgefallen

Zustand: KRITISCH seit {hour:-1} Uhr. Technikeraufträge werden nicht zugestellt.`,
  {from: 'Leitstand <leitstand@{host}.northwind.example>'},
)
add(
  'nl',
  `Betaling mislukt: uw {service} wordt {morgen|op {date:+1}} stopgezet

De incasso is geweigerd. Zonder betaling stoppen wij de dienst op {date:+1}.`,
  {from: '{service} <betaling@{service.dom}>', also: ['invoice']},
)
add(
  'pt',
  `Interrupção em curso: pagamentos com cartão

Desde as {hour:-1} todos os pagamentos com cartão estão a falhar. Ainda sem previsão.`,
  {from: 'Paylane <avisos@paylane.example>'},
)
add(
  'zh',
  `告警：{host} 服务不可用

自{hour:-1}起{host}无法访问，错误 503，仍未恢复。`,
  {from: '监控 <alarm@jiankong.example>'},
)
