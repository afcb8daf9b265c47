/// WhatsApp, Messenger and Instagram over Meta's Graph API.
///
/// [MetaChannel] is the door. What comes in passes [WebhookReader] (is it genuine, what is in it,
/// is it new) and [Translation]; what goes out passes [Outgoing], which reads Meta's errors by
/// [GraphErrors]. What is WhatsApp's alone begins with `WhatsApp`; Messenger and Instagram share
/// what begins with `Page`.
@NullMarked
package io.tributary.social.meta;

import org.jspecify.annotations.NullMarked;
