/// A stand-in for Telegram's Bot API: it keeps Telegram's rules as far as a channel meets them.
@NullMarked
package io.tributary.telegram.simulator;

import org.jspecify.annotations.NullMarked;
