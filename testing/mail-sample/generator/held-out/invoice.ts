import {templatesOf} from '../template.js'

const {made, add} = templatesOf('held-out', 'invoice', {kind: 'robot', urgency: 1})

/** Money that takes its ordinary course. */
export const INVOICE = made

add(
  'en',
  `{supplier}: tax invoice {id}

Total incl. VAT: R {money}. Terms: 30 days from {date:+0}.`,
  {from: '{supplier} Billing <billing@{supplier.dom}>'},
)
add(
  'en',
  `Thanks for your payment

We received R {money} for your {service} plan. Your next bill comes on {date:+30}.`,
  {from: '{service} <billing@{service.dom}>', urgency: 0},
)
add(
  'en',
  `Credit note {id}

We have credited R {money} for the returned {product}. It will be set off against your next invoice.`,
  {from: '{supplier} <accounts@{supplier.dom}>', urgency: 0},
)
add(
  'en',
  `Payout of R {money} is on its way

It should reach your bank by {date:+2}.`,
  {from: 'Paylane <payouts@paylane.example>', urgency: 0},
)
add(
  'en',
  `{Your card expires next month|Please update your card before {date:+40}}

The card ending {n:1000-9999} expires at the end of next month. Update it when you have a moment; your service goes on as usual.`,
  {from: '{service} Billing <billing@{service.dom}>', also: ['notification']},
)
add(
  'de',
  `Mahnung (freundlich): Rechnung {id}

Guten Tag, Rechnung {id} ist noch offen. Wir freuen uns über Zahlung bis {date:+14}.

{supplier}`,
  {from: '{supplier} <buchhaltung@{supplier.dom}>'},
)
add(
  'es',
  `Recibo {id}

Gracias por su pago de {n:40-900},00 EUR.`,
  {from: '{service} <recibos@{service.dom}>', urgency: 0},
)
add(
  'ja',
  `請求書 {id}

十一月分の請求書をお送りします。お支払い期限は{date:+30}です。`,
  {from: '経理部 <keiri@{supplier.dom}>'},
)
add(
  'sv',
  `Faktura {id}

Bifogat finns faktura {id}, att betala senast {date:+28}.`,
  {from: '{supplier} <ekonomi@{supplier.dom}>'},
)
