/// Telegram over the Bot API.
///
/// [TelegramChannel] is the door. Updates come by [Polling] or [WebhookReader], are split into
/// events by [UpdateReader] and understood by [Translation]; what goes out is written by [Composer]
/// and sent by [Outgoing], which reads Telegram's errors by [Refusals].
@NullMarked
package io.tributary.social.telegram;

import org.jspecify.annotations.NullMarked;
