import {templatesOf} from '../template.js'

const {made, add} = templatesOf('dev', 'invoice', {kind: 'robot', urgency: 1})

/** Money that takes its ordinary course. */
export const INVOICE = made

add(
  'en',
  `Invoice {id} from {supplier}

Please find invoice {id} over R {money}, payable by {date:+30}.`,
  {from: '{supplier} <accounts@{supplier.dom}>'},
)
add(
  'en',
  `Your {service} receipt

We charged R {money} to your card. {Thank you!|Nothing else to do.}`,
  {from: '{service} <receipts@{service.dom}>', urgency: 0},
)
add(
  'en',
  `Statement for {October|November}

Opening balance, {n:2-6} invoices, closing balance R {money}. Next payment due {date:+21}.`,
  {from: '{supplier} Accounts <statements@{supplier.dom}>'},
)
add(
  'en',
  `Payment received: {company}

{company} paid R {money} for invoice {id}. The payout arrives in your account on {date:+3}.`,
  {from: 'Paylane <notify@paylane.example>', urgency: 0},
)
add(
  'en',
  `Friendly reminder: invoice {id}

Hi Ben, invoice {id} (R {money}) is {a few days|a week} late. Could you look at it {when you do the next run|by the end of the month}? Thanks!

{first}, {supplier}`,
  {kind: 'person', also: ['needs-reply']},
)
add(
  'de',
  `Rechnung {id}

Sehr geehrte Damen und Herren, anbei die Rechnung {id}, zahlbar innerhalb von 30 Tagen.

{supplier}`,
  {from: '{supplier} <rechnung@{supplier.dom}>'},
)
add(
  'fr',
  `Votre facture {id} est disponible

Montant : {n:40-900},00 EUR. Prélèvement le {date:+14}.`,
  {from: '{service} <factures@{service.dom}>'},
)
add(
  'nl',
  `Factuur {id}

Bijgaand factuur {id}. Graag betalen voor {date:+28}.`,
  {from: '{supplier} <administratie@{supplier.dom}>'},
)
add(
  'ru',
  `Счёт {id}

Направляем счёт {id}. Срок оплаты: 30 дней.`,
  {from: 'Бухгалтерия <buh@{supplier.dom}>'},
)
