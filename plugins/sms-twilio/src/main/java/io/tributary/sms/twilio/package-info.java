/// SMS and MMS over Twilio.
///
/// [TwilioChannel] is the door. What comes in passes [WebhookReader] (is it genuine, what is it, is
/// it new) and [Translation]; what goes out passes [Outgoing], which reads Twilio's errors by
/// [ErrorCodes].
@NullMarked
package io.tributary.sms.twilio;

import org.jspecify.annotations.NullMarked;
