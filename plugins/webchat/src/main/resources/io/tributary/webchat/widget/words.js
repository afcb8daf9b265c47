/* What the widget says, by language. A text with plurals has one for each category of the language. */
const WORDS = {
  en: {
    title: "Chat with us", welcome: "Hello! How can we help?", open: "Open chat", close: "Close chat",
    write: "Your message", placeholder: "Write a message…", send: "Send", attach: "Attach a file", log: "Messages",
    you: "You", us: "Support", bot: "Assistant", more: "More", end: "End chat", transcript: "Send transcript by mail",
    sending: "Sending", waiting: "Waits for the connection", sent: "Sent", seen: "Seen", failed: "Not sent", again: "Try again",
    offline: "You are offline. What you write is sent when you are back.", away: "Connecting again…", reload: "Please load the page anew to go on.",
    elsewhere: "This chat goes on in another tab.", here: "Go on here", typing: "{name} is writing…",
    ended: "The chat has ended. Write to begin another one.", removed: "Message removed", edited: "edited",
    name: "Name", email: "E-mail", company: "Company", interest: "What is it about?", begin: "Start chat", skip: "Skip",
    who: "Before we start", asked: "We send this chat to {email}.", wanted: "Where shall we send the transcript?", cancel: "Cancel", answered: "Form sent",
    submit: "Send", choose: "Please choose", accept: "Chat now", dismiss: "No, thanks", invitation: "Invitation to chat",
    large: "The file is too large (at most {size}).", often: "Too many files. Please wait a while.", unsent: "The file could not be sent.",
    file: "File", map: "Show on map", privacy: "Privacy", linked: "opens in a new tab",
    unread: { one: "{n} new message", other: "{n} new messages" },
  },
  de: {
    title: "Chat", welcome: "Hallo! Wie können wir helfen?", open: "Chat öffnen", close: "Chat schließen",
    write: "Ihre Nachricht", placeholder: "Nachricht schreiben …", send: "Senden", attach: "Datei anhängen", log: "Nachrichten",
    you: "Sie", us: "Support", bot: "Assistent", more: "Mehr", end: "Chat beenden", transcript: "Verlauf per E-Mail senden",
    sending: "Wird gesendet", waiting: "Wartet auf die Verbindung", sent: "Gesendet", seen: "Gelesen", failed: "Nicht gesendet", again: "Erneut versuchen",
    offline: "Sie sind offline. Was Sie schreiben, wird gesendet, sobald Sie wieder verbunden sind.", away: "Verbindung wird wiederhergestellt …", reload: "Bitte laden Sie die Seite neu, um fortzufahren.",
    elsewhere: "Dieser Chat läuft in einem anderen Tab weiter.", here: "Hier weitermachen", typing: "{name} schreibt …",
    ended: "Der Chat ist beendet. Schreiben Sie, um einen neuen zu beginnen.", removed: "Nachricht entfernt", edited: "bearbeitet",
    name: "Name", email: "E-Mail", company: "Firma", interest: "Worum geht es?", begin: "Chat beginnen", skip: "Überspringen",
    who: "Bevor wir anfangen", asked: "Wir senden diesen Chat an {email}.", wanted: "Wohin dürfen wir den Verlauf senden?", cancel: "Abbrechen", answered: "Formular gesendet",
    submit: "Absenden", choose: "Bitte wählen", accept: "Jetzt chatten", dismiss: "Nein, danke", invitation: "Einladung zum Chat",
    large: "Die Datei ist zu groß (höchstens {size}).", often: "Zu viele Dateien. Bitte warten Sie etwas.", unsent: "Die Datei konnte nicht gesendet werden.",
    file: "Datei", map: "Auf der Karte zeigen", privacy: "Datenschutz", linked: "öffnet einen neuen Tab",
    unread: { one: "{n} neue Nachricht", other: "{n} neue Nachrichten" },
  },
  es: {
    title: "Chatea con nosotros", welcome: "¡Hola! ¿En qué podemos ayudarte?", open: "Abrir el chat", close: "Cerrar el chat",
    write: "Tu mensaje", placeholder: "Escribe un mensaje…", send: "Enviar", attach: "Adjuntar un archivo", log: "Mensajes",
    you: "Tú", us: "Soporte", bot: "Asistente", more: "Más", end: "Terminar el chat", transcript: "Enviar la conversación por correo",
    sending: "Enviando", waiting: "Espera la conexión", sent: "Enviado", seen: "Leído", failed: "No enviado", again: "Reintentar",
    offline: "Estás sin conexión. Lo que escribas se enviará cuando vuelvas.", away: "Conectando de nuevo…", reload: "Vuelve a cargar la página para continuar.",
    elsewhere: "Este chat continúa en otra pestaña.", here: "Continuar aquí", typing: "{name} está escribiendo…",
    ended: "El chat ha terminado. Escribe para empezar otro.", removed: "Mensaje eliminado", edited: "editado",
    name: "Nombre", email: "Correo electrónico", company: "Empresa", interest: "¿De qué se trata?", begin: "Empezar el chat", skip: "Omitir",
    who: "Antes de empezar", asked: "Enviaremos este chat a {email}.", wanted: "¿A dónde enviamos la conversación?", cancel: "Cancelar", answered: "Formulario enviado",
    submit: "Enviar", choose: "Elige una opción", accept: "Chatear ahora", dismiss: "No, gracias", invitation: "Invitación al chat",
    large: "El archivo es demasiado grande (máximo {size}).", often: "Demasiados archivos. Espera un momento.", unsent: "No se pudo enviar el archivo.",
    file: "Archivo", map: "Ver en el mapa", privacy: "Privacidad", linked: "se abre en otra pestaña",
    unread: { one: "{n} mensaje nuevo", many: "{n} mensajes nuevos", other: "{n} mensajes nuevos" },
  },
  fr: {
    title: "Discutez avec nous", welcome: "Bonjour ! Comment pouvons-nous vous aider ?", open: "Ouvrir la discussion", close: "Fermer la discussion",
    write: "Votre message", placeholder: "Écrivez un message…", send: "Envoyer", attach: "Joindre un fichier", log: "Messages",
    you: "Vous", us: "Assistance", bot: "Assistant", more: "Plus", end: "Terminer la discussion", transcript: "Envoyer la discussion par e-mail",
    sending: "Envoi en cours", waiting: "En attente de connexion", sent: "Envoyé", seen: "Lu", failed: "Non envoyé", again: "Réessayer",
    offline: "Vous êtes hors ligne. Vos messages partiront à votre retour.", away: "Reconnexion…", reload: "Rechargez la page pour continuer.",
    elsewhere: "Cette discussion continue dans un autre onglet.", here: "Continuer ici", typing: "{name} écrit…",
    ended: "La discussion est terminée. Écrivez pour en commencer une autre.", removed: "Message supprimé", edited: "modifié",
    name: "Nom", email: "E-mail", company: "Société", interest: "De quoi s’agit-il ?", begin: "Commencer", skip: "Passer",
    who: "Avant de commencer", asked: "Nous enverrons cette discussion à {email}.", wanted: "Où envoyer la discussion ?", cancel: "Annuler", answered: "Formulaire envoyé",
    submit: "Envoyer", choose: "Veuillez choisir", accept: "Discuter maintenant", dismiss: "Non, merci", invitation: "Invitation à discuter",
    large: "Le fichier est trop volumineux ({size} au plus).", often: "Trop de fichiers. Patientez un peu.", unsent: "Le fichier n’a pas pu être envoyé.",
    file: "Fichier", map: "Voir sur la carte", privacy: "Confidentialité", linked: "s’ouvre dans un nouvel onglet",
    unread: { one: "{n} nouveau message", many: "{n} nouveaux messages", other: "{n} nouveaux messages" },
  },
  ar: {
    title: "تحدث معنا", welcome: "مرحبًا! كيف يمكننا مساعدتك؟", open: "فتح المحادثة", close: "إغلاق المحادثة",
    write: "رسالتك", placeholder: "اكتب رسالة…", send: "إرسال", attach: "إرفاق ملف", log: "الرسائل",
    you: "أنت", us: "الدعم", bot: "المساعد", more: "المزيد", end: "إنهاء المحادثة", transcript: "إرسال المحادثة بالبريد",
    sending: "جارٍ الإرسال", waiting: "بانتظار الاتصال", sent: "أُرسلت", seen: "قُرئت", failed: "لم تُرسل", again: "إعادة المحاولة",
    offline: "أنت غير متصل. سيُرسل ما تكتبه عند عودة الاتصال.", away: "جارٍ إعادة الاتصال…", reload: "يرجى إعادة تحميل الصفحة للمتابعة.",
    elsewhere: "هذه المحادثة مستمرة في علامة تبويب أخرى.", here: "المتابعة هنا", typing: "{name} يكتب…",
    ended: "انتهت المحادثة. اكتب لبدء محادثة جديدة.", removed: "حُذفت الرسالة", edited: "معدّلة",
    name: "الاسم", email: "البريد الإلكتروني", company: "الشركة", interest: "ما الموضوع؟", begin: "بدء المحادثة", skip: "تخطٍّ",
    who: "قبل أن نبدأ", asked: "سنرسل هذه المحادثة إلى {email}.", wanted: "إلى أين نرسل المحادثة؟", cancel: "إلغاء", answered: "أُرسل النموذج",
    submit: "إرسال", choose: "يرجى الاختيار", accept: "تحدث الآن", dismiss: "لا، شكرًا", invitation: "دعوة إلى محادثة",
    large: "الملف كبير جدًا (الحد الأقصى {size}).", often: "ملفات كثيرة جدًا. يرجى الانتظار قليلًا.", unsent: "تعذّر إرسال الملف.",
    file: "ملف", map: "عرض على الخريطة", privacy: "الخصوصية", linked: "يفتح في علامة تبويب جديدة",
    unread: { zero: "لا رسائل جديدة", one: "رسالة جديدة", two: "رسالتان جديدتان", few: "{n} رسائل جديدة", many: "{n} رسالة جديدة", other: "{n} رسالة جديدة" },
  },
};

const RIGHT_TO_LEFT = ["ar"];

/* The first language asked for that is spoken here. */
function languageOf(asked) {
  for (const each of asked) {
    const bare = String(each || "").toLowerCase().split("-")[0];
    if (Object.hasOwn(WORDS, bare)) return bare;
  }
  return "en";
}

function wordsOf(language) {
  const own = Object.hasOwn(SETTINGS.texts, language) ? SETTINGS.texts[language] : {};
  const words = { ...WORDS[language], ...own };
  const plural = new Intl.PluralRules(language);
  return (key, values) => {
    let text = words[key];
    if (typeof text === "object") text = text[plural.select(values.n)] || text.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
  };
}
