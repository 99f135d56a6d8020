use super::Wording;

const fn says(key: &'static str, subject: &'static str, body: &'static str) -> Wording {
    Wording { key, subject, body }
}

pub(super) const WORDINGS: &[Wording] = &[
    says(
        "receipt",
        "Gracias por tu pago",
        "Hola, {name}:\n\nRecibimos tu pago de {amount} el {day}, con la tarjeta terminada en {card}. Ya lo \
         sumamos a tu cuenta de Larkspur.\n\nRecibo {receipt}\n\nEl equipo de Larkspur Mobile",
    ),
    says(
        "receipt-sms",
        "",
        "Larkspur: recibimos tu pago de {amount} el {day}. Recibo {receipt}. ¡Gracias, {name}!",
    ),
    says(
        "declined",
        "No pudimos procesar tu pago",
        "Hola, {name}:\n\nTu banco rechazó el cobro de {amount} del {day} a la tarjeta terminada en {card}. \
         No te cobramos nada. Revisa la tarjeta en la app e inténtalo otra vez; intento {receipt}.\n\nEl \
         equipo de Larkspur Mobile",
    ),
    says(
        "declined-sms",
        "",
        "Larkspur: tu pago de {amount} fue rechazado el {day}. Abre la app para pagar de otra forma.",
    ),
    says(
        "refund",
        "Tu reembolso va en camino",
        "Hola, {name}:\n\nTe enviamos un reembolso de {amount} a la tarjeta terminada en {card}. Tu banco \
         puede tardar de tres a cinco días hábiles en mostrarlo. Nuestro número es {receipt}.\n\nEl equipo \
         de Larkspur Mobile",
    ),
    says(
        "bill",
        "Ya está tu factura de Larkspur",
        "Hola, {name}:\n\nTu factura {bill} ya está lista.\n\nImporte: {amount}\nVence el {due}\n\nMira \
         cada detalle en la app, en Facturación.\n\nEl equipo de Larkspur Mobile",
    ),
    says(
        "bill-sms",
        "",
        "Larkspur: tu factura de {amount} ya está disponible. Vence el {due}. Mírala en la app.",
    ),
    says(
        "bill-letter",
        "",
        "Estimado cliente {name}:\n\nLe enviamos la factura {bill} de su servicio Larkspur, ya disponible \
         también en la app. El importe es {amount} y vence el {due}.\n\nLarkspur Mobile, Fort Collins",
    ),
    says("bill-nudge", "", "Recordatorio de Larkspur: tu factura {bill} de {amount} vence el {due}."),
    says(
        "autopay",
        "Pago automático activado",
        "<html><body><p>Hola, {name}:</p><p>Tu pago automático quedó activado. Cobraremos cada factura a la \
         tarjeta terminada en {card}.</p><p>Inscripción {enrollment}</p><p>El equipo de Larkspur \
         Mobile</p></body></html>",
    ),
    says(
        "order",
        "Tenemos tu pedido {order}",
        "Hola, {name}:\n\nGracias por tu pedido.\n\nPedido {order}\n{model}\nTotal {amount}\n\nTe \
         avisaremos cuando salga de nuestro almacén.\n\nEl equipo de Larkspur Mobile",
    ),
    says("order-push", "", "Pedido {order} recibido: {model}. Te avisaremos cuando salga."),
    says(
        "shipped",
        "En camino: {model}",
        "<html><body><p>Hola, {name}:</p><p>Tu pedido {order} ya sali&oacute; de nuestro almac&eacute;n con \
         {courier}.</p><table><tr><td>Rastreo</td><td>{tracking}</td></tr><tr><td>Llega antes \
         del</td><td>{eta}</td></tr></table><p>El equipo de Larkspur Mobile</p></body></html>",
    ),
    says(
        "shipped-sms",
        "",
        "Larkspur: tu pedido {order} va en camino con {courier}, guía {tracking}. Llega antes del {eta}.",
    ),
    says(
        "delivered",
        "Entregado: {model}",
        "<html><body><p>Hola, {name}:</p><p>Tu pedido {order} fue entregado el {day}.</p><p>Si no lo \
         encuentras, mira donde {courier} suele dejar los paquetes y luego llama al 611.</p><p>El equipo de \
         Larkspur Mobile</p></body></html>",
    ),
    says("delivered-push", "", "{model}: {courier} entregó tu pedido {order}."),
    says(
        "trade-start",
        "Tu canje {trade}",
        "Hola, {name}:\n\nIniciaste el canje {trade} de este equipo:\n\n{model}\nIMEI {imei}\nCrédito \
         estimado {amount}\n\nTe mandamos una caja prepagada. Borra el equipo antes de enviarlo.\n\nEl \
         equipo de Larkspur Mobile",
    ),
    says(
        "trade-arrived",
        "Llegó tu {model}",
        "Hola, {name}:\n\nRecibimos el equipo de tu canje {trade}: {model}, IMEI terminado en {imei_end}. \
         Ya lo estamos revisando.\n\nEl equipo de Larkspur Mobile",
    ),
    says(
        "trade-credit",
        "El crédito de tu canje",
        "Hola, {name}:\n\nAbonamos {amount} a tu cuenta por el canje {trade} de tu {model}, IMEI \
         {imei}.\n\nEl equipo de Larkspur Mobile",
    ),
    says(
        "archive-trade",
        "Confirmación de canje {trade}",
        "Estimado cliente {name}:\n\nConfirmamos que recibimos su canje: {model}, IMEI {imei}. Confirmación \
         {trade}. Gracias por su preferencia.\n\nCentro de canje Larkspur",
    ),
    says(
        "plan",
        "Cambió tu plan",
        "<html><body><p>Hola, {name}:</p><p>Tu l&iacute;nea {line} ahora est&aacute; en <b>{plan}</b>, a \
         {amount} al mes.</p><p>Solicitud {request}</p><p>El equipo de Larkspur Mobile</p></body></html>",
    ),
    says("plan-sms", "", "Larkspur: el plan de {line} cambió a {plan} el {day}. Más detalles en la app."),
    says(
        "line",
        "Tu nueva línea",
        "Hola, {name}:\n\nLa línea {line} fue agregada a tu cuenta el {day} y ya puedes usarla. Solicitud \
         {request}.\n\nEl equipo de Larkspur Mobile",
    ),
    says(
        "sim",
        "Cambió la SIM de {line}",
        "Hola, {name}:\n\nEl {day} la tarjeta SIM de {line} fue cambiada por otra. Desde ahora tus llamadas \
         y mensajes llegan a la SIM nueva.\n\nSi no fuiste tú, marca 611 enseguida.\n\nEl equipo de \
         Larkspur Mobile",
    ),
    says("sim-sms", "", "Larkspur: la SIM de {line} fue cambiada el {day}. ¿No fuiste tú? Llama al 611."),
    says(
        "port-out",
        "{line} pasó a otra compañía",
        "Hola, {name}:\n\nComo pediste, tu número {line} fue transferido a otra compañía el {day}. \
         Solicitud {request}. Si no lo pediste, marca 611 enseguida.\n\nEl equipo de Larkspur Mobile",
    ),
    says(
        "port-out-sms",
        "",
        "Larkspur: {line} fue transferido a otra compañía el {day}. ¿No fuiste tú? Llama al 611.",
    ),
    says(
        "password",
        "Cambió tu contraseña",
        "Hola, {name}:\n\nLa contraseña de tu cuenta Larkspur cambió el {day}, solicitud {request}. Si \
         fuiste tú, todo está bien. Si no, marca 611.\n\nEl equipo de Larkspur Mobile",
    ),
    says(
        "pin-sms",
        "",
        "Larkspur: el PIN de tu cuenta cambió el {day} ({request}). ¿No fuiste tú? Llama al 611.",
    ),
    says(
        "address",
        "Actualizamos tu dirección",
        "Hola, {name}:\n\nEl {day} la dirección postal de tu cuenta fue actualizada. Desde ahora todo llega \
         a la dirección nueva. Solicitud {request}.\n\nEl equipo de Larkspur Mobile",
    ),
    says(
        "address-letter",
        "",
        "Estimado cliente {name}:\n\nLa dirección de su cuenta Larkspur fue actualizada (solicitud \
         {request}). Le escribimos también a la anterior, por si no hubiera sido usted.\n\nLarkspur Mobile, \
         Fort Collins",
    ),
    says(
        "visit",
        "Tu visita técnica está confirmada",
        "Hola, {name}:\n\nTu visita {visit} quedó confirmada: un técnico irá el {when} entre las 9 y la 1 \
         para instalar tu internet.\n\nEl equipo de Larkspur Mobile",
    ),
    says("visit-sms", "", "Larkspur: tu visita técnica {visit} quedó agendada para el {when}, de 9 a 1."),
    says("visit-nudge", "", "Recordatorio de Larkspur: tu técnico va el {when}, de 9 a 1. Visita {visit}."),
    says(
        "offer-swap",
        "{name}, ¿cuánto vale tu teléfono viejo?",
        "<html><body><h1>Temporada de canje</h1><p>Canjea cualquier tel&eacute;fono y ahorra hasta $350 en \
         uno nuevo.</p><p>Aplican condiciones.</p></body></html>",
    ),
    says(
        "offer-family",
        "Una línea más por $20 al mes",
        "Hola, {name}:\n\nSolo este mes: agrega una línea a tu plan por $20 al mes. Con Familia todos \
         comparten una factura.\n\nRecibes esto porque así lo elegiste. Puedes dejarlo en la app.",
    ),
    says("offer-push", "", "{name}, oferta de fin de semana: audífonos desde $29 en la tienda Larkspur."),
    says(
        "code-sms",
        "",
        "{code} es tu código de acceso a Larkspur. Vale diez minutos. Nunca te lo pediremos.",
    ),
    says(
        "survey",
        "¿Cómo te fue con nosotros?",
        "Hola, {name}:\n\nHace poco hablaste con nosotros. ¿Nos cuentas cómo te fue? Son dos minutos.\n\nEl \
         equipo de Larkspur Mobile",
    ),
    says(
        "network",
        "",
        "Larkspur: esta noche trabajamos en una torre cerca de ti, de 1 a 4. Puede haber cortes breves.",
    ),
    says("usage", "", "Has usado el 80% de los datos rápidos de este mes en {line}."),
    says(
        "welcome",
        "Te damos la bienvenida a Larkspur",
        "Hola, {name}:\n\nNos alegra tenerte aquí. En la app encuentras tus facturas, tus líneas y a \
         nuestra gente.\n\nEl equipo de Larkspur Mobile",
    ),
    says(
        "privacy-letter",
        "",
        "Estimado cliente {name}:\n\nUna vez al año le contamos cómo usamos la información de sus llamadas \
         y cómo puede limitarlo. Nada de su servicio es distinto.\n\nLarkspur Mobile, Fort Collins",
    ),
];
