import {templatesOf} from '../template.js'

const notice = templatesOf('dev-state', 'notification', {kind: 'robot', urgency: 0})
const bill = templatesOf('dev-bill', 'invoice', {kind: 'robot', urgency: 1})
const bulk = templatesOf('dev-bulk', 'newsletter', {kind: 'list', urgency: 0})
const fraud = templatesOf('dev-fraud', 'suspicious', {kind: 'forged', urgency: 0})

/** More of what machines send and nobody has to act on now. */
export const CALM_ROBOTS = [...notices(), ...bills(), ...letters(), ...frauds()]

function notices() {
  const {made, add} = notice
  add(
    'en',
    `[RESOLVED] {HighErrorRate|InstanceDown} ({host})

Alerts resolved: 1, firing: 0. Duration {n:3-30} minutes. {Cause: connection refused.|Peak error rate {n:20-90} %.}`,
    {from: 'Alertmanager <alerts@{host}.northwind.example>'},
  )
  add(
    'en',
    `{host} answered again at {hour:-1}

It had not answered for {n:2-20} minutes (timeout). No further checks have failed since.`,
    {from: 'Watchtower <mail@watchtower.example>'},
  )
  add(
    'en',
    `Post-mortem of the outage on {date:-3}

What happened, why payments failed for {n:10-50} minutes, and what we changed. All of it is over.`,
    {from: '{service} Status <status@{service.dom}>', also: ['newsletter']},
  )
  add(
    'en',
    `Disk usage of {host}: {n:40-70} %

Daily report. Threshold 90 %. Nothing to do.`,
    {from: 'cron@{host}.northwind.example'},
  )
  add(
    'en',
    `Your password was changed

You changed the password of your {service} account on the device you always use. If this was you, ignore this mail.`,
    {from: '{service} <no-reply@{service.dom}>', urgency: 1},
  )
  add(
    'en',
    `Build #{n:100-900} of branch try-{n:1-9} failed

2 of {n:20-90} tests failed. Production is not affected; the branch is {first}'s.`,
    {from: 'Buildyard <ci@buildyard.example>', urgency: 1},
  )
  add(
    'en',
    `Maintenance of {host} completed

The planned restart was done at {hour:-2} and took {n:1-9} minutes.`,
    {from: '{service} Status <status@{service.dom}>'},
  )
  add(
    'es',
    `Recuperado: {host}

El servicio responde de nuevo tras {n:2-20} minutos.`,
    {from: 'Vigía <avisos@vigia.example>'},
  )
  add(
    'nl',
    `Storing verholpen: {host}

De storing van {hour:-2} uur is opgelost.`,
    {from: 'Wachter <meldingen@wachter.example>'},
  )
  add(
    'pt',
    `Teste de alerta

Este é um teste. Nenhuma ação é necessária.`,
    {from: 'Vigia <teste@vigia.example>'},
  )
  return made
}

function bills() {
  const {made, add} = bill
  add(
    'en',
    `Upcoming renewal on {date:+21}

Your {service} plan renews on {date:+21} for R {money}. The card on file is valid; no action is needed.`,
    {from: '{service} Billing <billing@{service.dom}>', also: ['notification']},
  )
  add(
    'en',
    `Purchase order {id} confirmed

Thank you. {n:2-20} {product}s, R {money}, invoice follows with the delivery.`,
    {from: '{supplier} Orders <orders@{supplier.dom}>', also: ['notification']},
  )
  add(
    'en',
    `Refund of R {money}

The refund for order {id} is on its way and arrives within five days.`,
    {from: 'Paylane <refunds@paylane.example>', urgency: 0},
  )
  add(
    'en',
    `Remittance advice {company}

We have paid invoice {id}, R {money}, today.`,
    {from: '{company} Accounts <accounts@{company.dom}>', urgency: 0},
  )
  add(
    'pt',
    `Recibo {id}

Confirmamos o pagamento. Obrigado.`,
    {from: '{service} <recibos@{service.dom}>', urgency: 0},
  )
  return made
}

function letters() {
  const {made, add} = bulk
  add(
    'en',
    `{Only today|48 hours left|Clock is ticking}: free delivery

Use code HURRY{n:10-90} before midnight. Do not wait!`,
    {from: '{supplier} <sale@{supplier.dom}>'},
  )
  add(
    'en',
    `{When the gas fails|Cold homes, angry tenants}: what the law says

A lawyer explains your duties when a family sits without heating, and who pays for the burst pipe.`,
    {from: 'Trade Law Letter <letter@tradelaw.example>'},
  )
  add(
    'en',
    `Your security score dropped to {n:20-60}

Hackers love companies like yours. See which {n:3-9} critical gaps to close with {service} Premium.`,
    {from: '{service} <insights@{service.dom}>'},
  )
  add(
    'en',
    `Deadline extended: awards {n:2026-2027}

Hand in your entry until {date:+25}. Last year's winner tells how she did it.`,
    {from: 'Installer Awards <awards@installerawards.example>'},
  )
  add(
    'fr',
    `Nouveautés : pompes et régulateurs

Ce mois-ci, trois nouveautés et un reportage.`,
    {from: 'Chaleur Magazine <lettre@chaleur.example>'},
  )
  return made
}

function frauds() {
  const {made, add} = fraud
  add(
    'en',
    `Voicemail from +27 21 555 0{n:100-999}

You have a new voice message. Sign in with your mail password to listen, it is deleted in 24 hours: http://203.0.113.{n:2-200}/vm`,
    {from: '"Voice" <vm@voice-message.example>'},
  )
  add(
    'en',
    `Court summons {id}

You failed to appear. Download the summons and pay within 24 hours or a warrant will be issued: http://summons.example-docs.example/{id}.zip`,
    {from: '"Court Clerk" <clerk@court-notices.example>'},
  )
  add(
    'en',
    `Payroll change

Hi, I changed banks. Please put my salary on the new account below, today's run if you can. {first}`,
    {from: '"{first} {last}" <staff.mail@freepost.example>', urgency: 1},
  )
  add(
    'nl',
    `Uw pakket wacht: betaal nu

Betaal binnen 24 uur de kosten, anders gaat het pakket terug: http://pakket.betaal-snel.example/{id}`,
    {from: '"Post" <info@pakket-info.example>'},
  )
  return made
}
