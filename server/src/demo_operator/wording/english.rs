use super::Wording;

const fn says(key: &'static str, subject: &'static str, body: &'static str) -> Wording {
    Wording { key, subject, body }
}

pub(super) const WORDINGS: &[Wording] = &[
    says(
        "receipt",
        "Thanks for your payment",
        "Hello {name},\n\nYour payment of {amount} went through on {day}, with your card ending in {card}. \
         We've put it toward your Larkspur account.\n\nReceipt {receipt}\n\nThe Larkspur Mobile team",
    ),
    says(
        "receipt-sms",
        "",
        "Larkspur: we got your payment of {amount} on {day}. Receipt {receipt}. Thank you, {name}!",
    ),
    says(
        "declined",
        "We couldn't process your payment",
        "Hello {name},\n\nYour card ending in {card} was declined when we tried to collect {amount} on \
         {day}. Nothing has been taken. Please check the card in the Larkspur app and try again; attempt \
         {receipt}.\n\nThe Larkspur Mobile team",
    ),
    says(
        "declined-sms",
        "",
        "Larkspur: your payment of {amount} was declined on {day}. Open the app to pay another way.",
    ),
    says(
        "refund",
        "A refund is on its way",
        "Hello {name},\n\nWe've issued a refund of {amount} to your card ending in {card}. Banks usually \
         need three to five business days to show it. Our number for it is {receipt}.\n\nThe Larkspur \
         Mobile team",
    ),
    says(
        "bill",
        "Your Larkspur bill is here",
        "Hello {name},\n\nYour new bill {bill} is ready.\n\nAmount: {amount}\nDue by {due}\n\nSee every \
         line of it in the Larkspur app, under Billing.\n\nThe Larkspur Mobile team",
    ),
    says("bill-sms", "", "Larkspur: your bill of {amount} is ready. It is due by {due}. See it in the app."),
    says(
        "bill-letter",
        "",
        "Dear {name},\n\nEnclosed is bill {bill} for your Larkspur service. The amount is {amount}, due by \
         {due}. You can pay by check with the slip below, or in any Larkspur store.\n\nLarkspur Mobile, \
         Fort Collins",
    ),
    says("bill-nudge", "", "A friendly reminder from Larkspur: {amount} for bill {bill} is due by {due}."),
    says(
        "autopay",
        "AutoPay is on",
        "<html><body><p>Hello {name},</p><p>You're enrolled in AutoPay. We'll draw each bill from your card \
         ending in {card}, and write to you when we do.</p><p>Enrollment {enrollment}</p><p>The Larkspur \
         Mobile team</p></body></html>",
    ),
    says(
        "order",
        "We have your order {order}",
        "Hello {name},\n\nThank you for your order.\n\nOrder {order}\n{model}\nTotal {amount}\n\nWe'll \
         write again when it leaves our warehouse.\n\nThe Larkspur Mobile team",
    ),
    says("order-push", "", "Order {order} received: {model}. We'll tell you when it leaves."),
    says(
        "shipped",
        "On its way: {model}",
        "<html><body><p>Hello {name},</p><p>Your order {order} has left our warehouse with \
         {courier}.</p><table><tr><td>Tracking</td><td>{tracking}</td></tr><tr><td>Expected \
         by</td><td>{eta}</td></tr></table><p>The Larkspur Mobile team</p></body></html>",
    ),
    says(
        "shipped-sms",
        "",
        "Larkspur: your order {order} is on its way with {courier}, tracking {tracking}. Expected by {eta}.",
    ),
    says(
        "delivered",
        "Delivered: {model}",
        "<html><body><p>Hello {name},</p><p>Your order {order} was delivered on {day}.</p><p>If you can't \
         find it, look where {courier} usually leaves parcels, then call us on 611.</p><p>The Larkspur \
         Mobile team</p></body></html>",
    ),
    says("delivered-push", "", "{model}: order {order} was dropped off by {courier}."),
    says(
        "trade-start",
        "Your trade-in kit {trade}",
        "Hello {name},\n\nYou started trade-in {trade} for this device:\n\n{model}\nIMEI {imei}\nEstimated \
         credit {amount}\n\nA prepaid box is coming to you. Please erase the device before you send \
         it.\n\nThe Larkspur Mobile team",
    ),
    says(
        "trade-arrived",
        "Your old {model} reached us",
        "Hello {name},\n\nWe received your trade-in device, the {model} with IMEI ending in {imei_end}. \
         We're checking it over. Trade-in number {trade}.\n\nThe Larkspur Mobile team",
    ),
    says(
        "trade-credit",
        "Your trade-in credit",
        "Hello {name},\n\nGood news: a credit of {amount} for trade-in {trade} has been added to your \
         account. It was your {model}, IMEI {imei}.\n\nThe Larkspur Mobile team",
    ),
    says(
        "archive-trade",
        "Trade-in confirmation {trade}",
        "Dear {name},\n\nThis confirms that we received your trade-in: {model}, IMEI {imei}. Confirmation \
         {trade}. Thank you for trading in with Larkspur.\n\nLarkspur Trade-In Center",
    ),
    says(
        "plan",
        "Your plan has changed",
        "<html><body><p>Hello {name},</p><p>Your line {line} is now on <b>{plan}</b>, at {amount} a \
         month.</p><p>Request {request}</p><p>The Larkspur Mobile team</p></body></html>",
    ),
    says("plan-sms", "", "Larkspur: the plan of {line} was changed to {plan} on {day}. Details in the app."),
    says(
        "line",
        "Welcome to your new line",
        "Hello {name},\n\nThe line {line} was added to your account on {day} and is ready to use. Request \
         {request}.\n\nThe Larkspur Mobile team",
    ),
    says(
        "sim",
        "The SIM of {line} was changed",
        "Hello {name},\n\nOn {day} the SIM of {line} was replaced by another. Calls and texts go to the new \
         SIM from now on.\n\nIf that was not you, dial 611 from any Larkspur phone right away.\n\nThe \
         Larkspur Mobile team",
    ),
    says("sim-sms", "", "Larkspur: the SIM for {line} was replaced on {day}. Not you? Call 611 right away."),
    says(
        "port-out",
        "{line} has moved to another carrier",
        "Hello {name},\n\nAs requested, your number {line} was transferred to another carrier on {day}. \
         Request {request}. If you did not ask for this, dial 611 right away.\n\nThe Larkspur Mobile team",
    ),
    says(
        "port-out-sms",
        "",
        "Larkspur: {line} was transferred to another carrier on {day}. Not you? Call 611.",
    ),
    says(
        "password",
        "Your password was changed",
        "Hello {name},\n\nThe password of your Larkspur account was changed on {day}, request {request}. If \
         it was you, all is well. If not, dial 611 from any Larkspur phone.\n\nThe Larkspur Mobile team",
    ),
    says("pin-sms", "", "Larkspur: your account PIN was changed on {day} ({request}). Not you? Call 611."),
    says(
        "address",
        "Your mailing address was updated",
        "Hello {name},\n\nOn {day} the mailing address of your account was updated. Bills and boxes go to \
         the new address from now on. Request {request}.\n\nThe Larkspur Mobile team",
    ),
    says(
        "address-letter",
        "",
        "Dear {name},\n\nThe mailing address of your Larkspur account was changed (request {request}). We \
         write to your former address too, so that you would know if it had not been you.\n\nLarkspur \
         Mobile, Fort Collins",
    ),
    says(
        "visit",
        "Your technician visit is booked",
        "Hello {name},\n\nYour visit {visit} is confirmed: a technician will come on {when} between 9 a.m. \
         and 1 p.m. to set up your home internet.\n\nThe Larkspur Mobile team",
    ),
    says("visit-sms", "", "Larkspur: technician visit {visit} is booked for {when}, 9 a.m. to 1 p.m."),
    says(
        "visit-nudge",
        "",
        "Larkspur reminder: your technician comes on {when}, 9 a.m. to 1 p.m. Visit {visit}.",
    ),
    says(
        "offer-swap",
        "{name}, what is your old phone worth?",
        "<html><body><h1>Swap season</h1><p>Trade in any phone, in any condition, and save up to $350 on a \
         new one.</p><p>Offer ends soon. Terms apply.</p></body></html>",
    ),
    says(
        "offer-family",
        "Add a line for $20 a month",
        "Hello {name},\n\nThis month only: add a line to your plan and pay $20 a month for it. Switch to \
         Family and everyone shares one bill.\n\nYou get this because you chose to hear from us. Change \
         that in the app.",
    ),
    says("offer-push", "", "{name}, weekend deal: earbuds from $29 in the Larkspur shop."),
    says(
        "code-sms",
        "",
        "{code} is your Larkspur sign-in code. It works for ten minutes. We never ask you for it.",
    ),
    says(
        "survey",
        "How did we do?",
        "Hello {name},\n\nYou were in touch with us lately. Would you tell us how it went? It takes two \
         minutes.\n\nThe Larkspur Mobile team",
    ),
    says(
        "network",
        "",
        "Larkspur: we work on a tower near you tonight from 1 to 4 a.m. Calls may drop for a moment.",
    ),
    says("usage", "", "You have used 80% of this month's high-speed data on {line}."),
    says(
        "welcome",
        "Welcome to Larkspur",
        "Hello {name},\n\nIt's good to have you. In the Larkspur app you'll find your bills, your lines and \
         people to talk to.\n\nThe Larkspur Mobile team",
    ),
    says(
        "privacy-letter",
        "",
        "Dear {name},\n\nOnce a year we tell you how we use information about your calls, and how you may \
         limit it. Nothing about your service is different.\n\nLarkspur Mobile, Fort Collins",
    ),
];
