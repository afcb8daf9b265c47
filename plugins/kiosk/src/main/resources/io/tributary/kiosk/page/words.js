// What people read, by language.

const WORDS = {
  en: {
    name: 'English', begin: 'Touch to begin', welcome: 'Welcome', help: 'Ask for help', scan: 'Scan a product',
    ticket: 'Take a ticket', checkin: 'Check in', end: 'Finish', write: 'Your message', send: 'Send', you: 'You',
    staff: 'Staff', waiting: 'waiting to be sent', offline: 'No connection. What you say is kept and sent later.',
    helpSent: 'Somebody has been called.', scanHint: 'Hold the product before the scanner, or type its number.',
    number: 'Number', ok: 'OK', cancel: 'Cancel', still: 'Are you still there?', stay: 'I am still here',
    secondsLeft: 'This ends by itself in {n} seconds.', yourTicket: 'Your ticket', position: 'Ahead of you: {n}',
    minutes: 'About {n} minutes', writing: 'Somebody is writing …', setup: 'Set this device up',
    code: 'Code from the operator', connect: 'Connect', refused: 'That code is not valid, or there is no connection.',
    consent: 'I agree that the store learns who I am.', checkinHint: 'Hold the code of your app or your card before the reader.',
    conversation: 'Conversation', language: 'Language', printing: 'Please take your receipt.', close: 'Close',
    forget: 'Set this device up anew', forgetHint: 'Type the name of the device to make this browser forget it.',
    device: 'Name of the device',
  },
  de: {
    name: 'Deutsch', begin: 'Zum Beginnen berühren', welcome: 'Willkommen', help: 'Hilfe rufen', scan: 'Artikel scannen',
    ticket: 'Nummer ziehen', checkin: 'Anmelden', end: 'Beenden', write: 'Ihre Nachricht', send: 'Senden', you: 'Sie',
    staff: 'Personal', waiting: 'wird noch gesendet', offline: 'Keine Verbindung. Ihre Eingaben werden aufbewahrt und später gesendet.',
    helpSent: 'Es wurde jemand gerufen.', scanHint: 'Halten Sie den Artikel vor den Scanner oder tippen Sie die Nummer ein.',
    number: 'Nummer', ok: 'OK', cancel: 'Abbrechen', still: 'Sind Sie noch da?', stay: 'Ich bin noch da',
    secondsLeft: 'In {n} Sekunden wird beendet.', yourTicket: 'Ihre Nummer', position: 'Vor Ihnen: {n}',
    minutes: 'Etwa {n} Minuten', writing: 'Jemand schreibt …', setup: 'Dieses Gerät einrichten',
    code: 'Code vom Betreiber', connect: 'Verbinden', refused: 'Der Code gilt nicht, oder es gibt keine Verbindung.',
    consent: 'Ich stimme zu, dass das Geschäft erfährt, wer ich bin.', checkinHint: 'Halten Sie den Code Ihrer App oder Ihre Karte vor das Lesegerät.',
    conversation: 'Gespräch', language: 'Sprache', printing: 'Bitte entnehmen Sie Ihren Beleg.', close: 'Schließen',
    forget: 'Dieses Gerät neu einrichten', forgetHint: 'Geben Sie den Namen des Geräts ein, damit dieser Browser es vergisst.',
    device: 'Name des Geräts',
  },
  es: {
    name: 'Español', begin: 'Toque para empezar', welcome: 'Bienvenido', help: 'Pedir ayuda', scan: 'Escanear un producto',
    ticket: 'Tomar un turno', checkin: 'Registrarse', end: 'Terminar', write: 'Su mensaje', send: 'Enviar', you: 'Usted',
    staff: 'Personal', waiting: 'pendiente de envío', offline: 'Sin conexión. Lo que diga se guarda y se envía después.',
    helpSent: 'Se ha avisado a alguien.', scanHint: 'Acerque el producto al lector o escriba su número.',
    number: 'Número', ok: 'Aceptar', cancel: 'Cancelar', still: '¿Sigue ahí?', stay: 'Sigo aquí',
    secondsLeft: 'Se cerrará en {n} segundos.', yourTicket: 'Su turno', position: 'Delante de usted: {n}',
    minutes: 'Unos {n} minutos', writing: 'Alguien está escribiendo …', setup: 'Configurar este dispositivo',
    code: 'Código del operador', connect: 'Conectar', refused: 'El código no es válido o no hay conexión.',
    consent: 'Acepto que la tienda sepa quién soy.', checkinHint: 'Acerque el código de su aplicación o su tarjeta al lector.',
    conversation: 'Conversación', language: 'Idioma', printing: 'Recoja su recibo.', close: 'Cerrar',
    forget: 'Configurar de nuevo este dispositivo', forgetHint: 'Escriba el nombre del dispositivo para que este navegador lo olvide.',
    device: 'Nombre del dispositivo',
  },
  fr: {
    name: 'Français', begin: 'Touchez pour commencer', welcome: 'Bienvenue', help: 'Demander de l’aide', scan: 'Scanner un produit',
    ticket: 'Prendre un ticket', checkin: 'S’enregistrer', end: 'Terminer', write: 'Votre message', send: 'Envoyer', you: 'Vous',
    staff: 'Personnel', waiting: 'en attente d’envoi', offline: 'Pas de connexion. Vos messages sont gardés et envoyés plus tard.',
    helpSent: 'Quelqu’un a été appelé.', scanHint: 'Présentez le produit au lecteur ou tapez son numéro.',
    number: 'Numéro', ok: 'OK', cancel: 'Annuler', still: 'Êtes-vous toujours là ?', stay: 'Je suis là',
    secondsLeft: 'Fin dans {n} secondes.', yourTicket: 'Votre ticket', position: 'Devant vous : {n}',
    minutes: 'Environ {n} minutes', writing: 'Quelqu’un écrit …', setup: 'Configurer cet appareil',
    code: 'Code de l’exploitant', connect: 'Connecter', refused: 'Ce code n’est pas valable, ou il n’y a pas de connexion.',
    consent: 'J’accepte que le magasin sache qui je suis.', checkinHint: 'Présentez le code de votre application ou votre carte au lecteur.',
    conversation: 'Conversation', language: 'Langue', printing: 'Veuillez prendre votre reçu.', close: 'Fermer',
    forget: 'Configurer à nouveau cet appareil', forgetHint: 'Saisissez le nom de l’appareil pour que ce navigateur l’oublie.',
    device: 'Nom de l’appareil',
  },
  ar: {
    name: 'العربية', begin: 'المس للبدء', welcome: 'أهلاً بك', help: 'طلب المساعدة', scan: 'مسح منتج',
    ticket: 'أخذ رقم', checkin: 'تسجيل الحضور', end: 'إنهاء', write: 'رسالتك', send: 'إرسال', you: 'أنت',
    staff: 'الموظفون', waiting: 'بانتظار الإرسال', offline: 'لا يوجد اتصال. يُحفظ ما تكتبه ويُرسل لاحقاً.',
    helpSent: 'تم استدعاء أحد الموظفين.', scanHint: 'ضع المنتج أمام الماسح أو اكتب رقمه.',
    number: 'الرقم', ok: 'موافق', cancel: 'إلغاء', still: 'هل ما زلت هنا؟', stay: 'ما زلت هنا',
    secondsLeft: 'ستنتهي الجلسة خلال {n} ثانية.', yourTicket: 'رقمك', position: 'أمامك: {n}',
    minutes: 'حوالي {n} دقيقة', writing: 'هناك من يكتب …', setup: 'إعداد هذا الجهاز',
    code: 'الرمز من المشغّل', connect: 'اتصال', refused: 'الرمز غير صالح أو لا يوجد اتصال.',
    consent: 'أوافق على أن يعرف المتجر من أنا.', checkinHint: 'ضع رمز تطبيقك أو بطاقتك أمام القارئ.',
    conversation: 'المحادثة', language: 'اللغة', printing: 'يرجى أخذ الإيصال.', close: 'إغلاق',
    forget: 'إعداد هذا الجهاز من جديد', forgetHint: 'اكتب اسم الجهاز لكي ينساه هذا المتصفح.',
    device: 'اسم الجهاز',
  },
};

let language = 'en';

export function speak(chosen) {
  language = chosen in WORDS ? chosen : 'en';
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
}

export function spoken() {
  return language;
}

export function nameOf(code) {
  return WORDS[code].name;
}

/** @param n what stands for {n} */
export function word(key, n = '') {
  return WORDS[language][key].replace('{n}', n);
}
