/// Tests of Telegram over the Bot API.
@NullMarked
package io.tributary.social.telegram;

import org.jspecify.annotations.NullMarked;
