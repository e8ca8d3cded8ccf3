import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out', 'notification', {kind: 'robot', urgency: 0})

/** Robots that tell a state nobody has to act on now. */
export const NOTIFICATION = made

add(
  'en',
  `{host}.northwind.example {is responding again|has recovered}

Outage: {n:2-50} minutes (connection refused). {The incident was closed automatically|All checks pass}.`,
  {from: 'Netpulse <robot@netpulse.example>'},
)
add(
  'en',
  `Certificate of {host}.northwind.example renewed

It would have expired in {n:3-9} days; the new one is valid until {date:+89}.`,
  {from: 'acme@{host}.northwind.example'},
)
add(
  'en',
  `prod: release {n:100-400} healthy

Rolled out to 4 of 4 instances. Error rate 0 %.`,
  {from: 'Shipwright <bot@shipwright.example>'},
)
add(
  'en',
  `Your week in incidents

{n:1-5} outages, {n:1-5} critical alerts, mean time to repair {n:4-30} minutes. Nothing is open.`,
  {from: 'Netpulse Digest <digest@netpulse.example>', also: ['newsletter']},
)
add(
  'en',
  `Delivered: order {id}

Left with {reception|the neighbour}.`,
  {from: 'Swiftbox <track@swiftbox.example>'},
)
add(
  'en',
  `{service}: maintenance window in {two|three} weeks

On {date:+15} you may see short interruptions. We will remind you the day before.`,
  {from: '{service} <status@{service.dom}>'},
)
add(
  'en',
  `EXERCISE EXERCISE: {host} down

This is a drill. {Nothing is broken|No customers are affected}; please do nothing.`,
  {from: 'Pagerline <notify@pagerline.example>'},
)
add(
  'en',
  `Incident closed: {service} {latency|logins}

A fix was applied at {hour:-2}; we watched it for an hour and consider the matter closed.`,
  {from: '{service} Status <status@{service.dom}>'},
)
add(
  'en',
  `{first} shared "{Routes|Stock} {n:2024-2027}" with you

Open it when you like.`,
  {from: 'Boardly <notify@boardly.example>', also: ['other']},
)
add(
  'en',
  `Confirm your new address

You changed the address of your {service} profile. Click to confirm within 30 days.`,
  {from: '{service} <no-reply@{service.dom}>'},
)
add(
  'es',
  `Copia de seguridad completada

0 errores, 0 avisos críticos.`,
  {from: 'copias@{host}.northwind.example'},
)
add(
  'ru',
  `{host}: снова доступен

Сервер восстановлен, проверка пройдена.`,
  {from: 'Монитор <alarm@dozor.example>'},
)
add(
  'ja',
  `復旧のお知らせ：{host}

障害は解消しました。現在は正常に動作しています。`,
  {from: '監視 <alarm@kanshi.example>'},
)
