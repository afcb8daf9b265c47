/// Calls over Twilio.
///
/// [VoiceChannel] is the door. What comes in passes [WebhookReader] (what is it, is it new, what is
/// Twilio to do next: [CallFlow]) and [Translation]; what goes out passes [Outgoing].
@NullMarked
package io.tributary.voice.twilio;

import org.jspecify.annotations.NullMarked;
